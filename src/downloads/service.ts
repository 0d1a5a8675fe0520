import { debug } from '@actions/core'
import { allowance } from '../bounds/allowance.js'
import { openDeadline } from '../bounds/deadline.js'
import { trustConfig } from '../composer/config.js'
import type { Environment } from '../composer/environment.js'
import { originOf } from '../composer/origin.js'
import { proxyFor } from '../composer/proxy.js'
import type { DownloadInputs } from '../inputs/download-inputs.js'
import type { AskedForHelp, NotHelp } from '../problems/download-token-rejected.js'
import { VERSION } from '../server/action-version.js'
import { MAXIMUM_REDIRECTS } from '../server/redirects.js'
import { type Answer, openTransport } from '../server/transport.js'
import { trustedCertificates } from '../server/trust.js'

/** What asking the service for its help told. */
export interface HelpAnswer {
  readonly status: number | undefined
  /** Undefined where the help came: MAGEID and token are accepted. */
  readonly notHelp: AskedForHelp | undefined
}

/** What everything that is asked in a run has in common. */
export interface Patience {
  readonly timeout: number
  readonly retries: number
}

/** Seconds that all requests may take together, whatever the inputs say. */
const LONGEST_RUN = 180

/**
 * Asks for `info/help`, which the service gives to nobody without a token. By the same rules as a repository is asked, but
 * for whom to trust: of Composer's settings the variables alone count, since the checkout has no say in this.
 */
export async function askForHelp(
  { url, ...pair }: DownloadInputs,
  { timeout, retries }: Patience,
  environment: Environment,
): Promise<HelpAnswer> {
  const { env } = environment
  const help = `${url}info/help`
  const own = originOf(help)
  const transport = openTransport({
    deadline: openDeadline(Math.min(LONGEST_RUN, 2 * timeout * (retries + 1)) * 1000),
    timeout,
    retries,
    userAgent: `magento-composer-auth/${VERSION} (GitHub Actions)`,
    trust: trustedCertificates(trustConfig(environment, []), env),
    nodeTrustsAll: env.NODE_TLS_REJECT_UNAUTHORIZED === '0',
    proxyFor: (target) => proxyFor(target, env, false),
    withCredentials: allowance((retries + 1) * (MAXIMUM_REDIRECTS + 1)),
    essential: help,
    credentialsFor: (origin) => (origin === own ? pair : undefined),
    // Where redirects lead a server says, in what words it likes.
    onRequest: () => {},
  })
  const answer = await transport.get(help)
  debug(`GET ${help} -> ${answer.kind === 'answered' ? answer.status : answer.failure.type} (tries: ${answer.tries})`)
  const came = unlikeHelp(answer, help)
  return { status: answer.status, notHelp: came && { ...circumstances(answer, help), came } }
}

/** What came in place of the help; undefined for the help, whose words nobody has promised. */
function unlikeHelp(answer: Answer, asked: string): NotHelp | undefined {
  const { status, leftOrigin } = answer
  if (leftOrigin || new URL(answer.url).host !== new URL(asked).host) return { type: 'elsewhere' }
  // Whatever becomes of its words: curl, which downloads, looks at the status alone.
  if (status === 401 || status === 403) return { type: 'refusal' }
  if (answer.kind === 'failed') return { type: 'failure', failure: answer.failure }
  if (status !== 200) return { type: 'status' }
  return isPage(answer.body) ? { type: 'page' } : undefined
}

/** A page begins like one; the help is plain text, whatever its Content-Type may be. */
function isPage(body: Buffer): boolean {
  return /^\s*</.test(body.subarray(0, 512).toString())
}

function circumstances({ url: last, proxy, tries, trace }: Answer, url: string): Omit<AskedForHelp, 'came'> {
  const { host } = new URL(last)
  return { url, tries, proxy: proxy?.shown, trace, answeredBy: host === new URL(url).host ? undefined : host }
}
