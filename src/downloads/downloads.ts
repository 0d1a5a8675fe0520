import type { Environment } from '../composer/environment.js'
import { originOf } from '../composer/origin.js'
import type { Surroundings } from '../credentials/places.js'
import { UnwritableFile } from '../credentials/unwritable-file.js'
import type { DownloadInputs, IncompleteDownloads } from '../inputs/download-inputs.js'
import type { Inputs } from '../inputs/inputs.js'
import { halfOfDownloads } from '../inputs/key-problems.js'
import type { Finding } from '../problems/finding.js'
import { enumeration } from '../problems/phrases.js'
import { NO_SERVER } from '../problems/problem.js'
import { saveNetrcPath } from '../runner/netrc-state.js'
import { say } from '../runner/say.js'
import { doubtfulForms } from './forms.js'
import { netrcFor } from './netrc.js'
import { newNetrcPath, writeNetrcFile } from './netrc-file.js'
import type { HelpAnswer } from './service.js'

/** What became of the credentials for downloads. */
export interface Downloads {
  readonly host: string
  /** The file that holds them; undefined where it could not be written, or half of them is missing. */
  readonly netrcFile: string | undefined
  /** What the service says to them. */
  readonly service: 'accepts' | 'refuses' | 'unconfirmed' | 'not-asked'
  readonly findings: readonly Finding[]
}

/**
 * What becomes of the inputs for downloads.
 *
 * @returns undefined where nothing is wanted of them
 */
export async function downloadsPart(
  inputs: Inputs,
  environment: Environment,
  surroundings: Surroundings,
): Promise<Downloads | undefined> {
  const { downloads, incompleteDownloads } = inputs
  if (incompleteDownloads !== undefined) return withoutHalf(incompleteDownloads, inputs, environment)
  return downloads && setUpDownloads(downloads, inputs, environment, surroundings)
}

/** One half alone is no credential: nothing is written, and nobody is asked. */
async function withoutHalf(incomplete: IncompleteDownloads, inputs: Inputs, { env }: Environment): Promise<Downloads> {
  const { url, missing } = incomplete
  const names = missing.map((input) => `\`${input}\``)
  const mode = `if-keys-missing: ${inputs.ifKeysMissing}`
  say(`No value came for ${enumeration(names)}: nothing is set up for downloads (${mode}).`)
  const findings = inputs.ifKeysMissing === 'ignore' ? [] : [await halfOfDownloads(inputs, incomplete, env)]
  return { host: originOf(url), netrcFile: undefined, service: 'not-asked', findings }
}

/** Writes the credentials for downloads into a netrc file, and asks the service whether it accepts them. */
async function setUpDownloads(
  given: DownloadInputs,
  inputs: Pick<Inputs, 'check' | 'cleanup' | 'timeout' | 'retries'>,
  environment: Environment,
  surroundings: Surroundings,
): Promise<Downloads> {
  const host = originOf(given.url)
  const written = await write(given, host, inputs.cleanup, surroundings)
  const answer = inputs.check === 'off' ? undefined : await ask(given, inputs, environment)
  const service = judged(answer)
  if (service === 'accepts') say(`${host} accepts MAGEID and download token (HTTP 200).`)
  return {
    host,
    netrcFile: 'path' in written ? written.path : undefined,
    service,
    findings: [...('finding' in written ? [written.finding] : []), ...findingsOf(given, host, answer)],
  }
}

/** What sends requests is loaded by those steps alone that send some. */
async function ask(...question: Parameters<typeof import('./service.js')['askForHelp']>): Promise<HelpAnswer> {
  const { askForHelp } = await import('./service.js')
  return askForHelp(...question)
}

function judged(answer: HelpAnswer | undefined): Downloads['service'] {
  if (answer === undefined) return 'not-asked'
  if (answer.notHelp === undefined) return 'accepts'
  return answer.notHelp.came.type === 'refusal' ? 'refuses' : 'unconfirmed'
}

async function write(
  given: DownloadInputs,
  host: string,
  temporary: boolean,
  surroundings: Surroundings,
): Promise<{ readonly path: string } | { readonly finding: Finding }> {
  const path = newNetrcPath(surroundings)
  if (temporary) saveNetrcPath(path)
  try {
    await writeNetrcFile(path, netrcFor(new URL(given.url).hostname, given))
    say(`The credentials for downloads from ${host} are in ${path}${temporary ? ' until the job ends' : ''}.`)
    return { path }
  } catch (error) {
    if (!(error instanceof UnwritableFile)) throw error
    const { reason, code } = error
    const finding: Finding = {
      ...NO_SERVER,
      code: 'auth-file-unwritable',
      target: path,
      reason,
      systemCode: code,
      composerSays: undefined,
      forDownloads: true,
      place: undefined,
    }
    return { finding }
  }
}

/** A refusal together with what the forms tell of its reason; else each by itself, and both warnings. */
function findingsOf(given: DownloadInputs, host: string, answer: HelpAnswer | undefined): Finding[] {
  const forms = doubtfulForms(given)
  const base = { ...NO_SERVER, code: 'download-token-rejected', host, place: undefined } as const
  const asked = answer?.notHelp
  if (asked?.came.type === 'refusal') return [{ ...base, status: answer?.status, forms, asked }]
  return [
    ...(forms.length === 0 ? [] : [{ ...base, forms, asked: undefined }]),
    ...(asked === undefined ? [] : [{ ...base, status: answer?.status, forms: [], asked }]),
  ]
}
