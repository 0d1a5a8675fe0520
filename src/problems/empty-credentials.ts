import { composerFailureMessage } from '../composer/failure-message.js'
import { type AtServer, evidenceOf, severityAtServer, withMeaning } from './at-server.js'
import { type CredentialsFrom, heldIn, savedIn } from './credentials-from.js'
import { whoEdits } from './people.js'
import {
  capitalised,
  DEPENDABOT_SECRETS,
  enumeration,
  isAdobe,
  joined,
  SECRETS,
  SECRETS_OWNERS,
  skipWithoutKeys,
  WORKFLOW_EDITOR,
} from './phrases.js'
import type { Circumstances, Explanation, Facts, JobSite, Severity } from './problem.js'
import { type KeySource, secretsIn, takenFrom, type WhyMissing } from './workflow-inputs.js'

/** What of an entry came empty: a field by its name in auth.json; `token` or `header` for what has none. */
export type EmptyField = 'username' | 'password' | 'token' | 'header' | 'consumer-key' | 'consumer-secret'

/** Credentials for a host of which something is empty, each reason with what is known of it. */
export type EmptyCredentials = EmptyAndLeftOut | EmptyAndRefused

/** An entry of `composer-auth` that holds nothing: it was not written. */
export interface EmptyAndLeftOut extends Facts {
  readonly code: 'keys-missing'
  readonly reason: 'left-out'
  readonly host: string
  readonly empty: readonly EmptyField[]
  readonly why: WhyMissing
  /** Undefined where the step could not be told in the workflow's file. */
  readonly source: KeySource | undefined
  /** They were to be the keys of `repository-url`. */
  readonly areKeys: boolean
  /** What is refused without them; undefined where nothing is. */
  readonly url: string | undefined
}

/** What Composer sends is empty in part or whole, wherever it comes from, and the host does not accept it. */
export interface EmptyAndRefused extends AtServer {
  readonly code: 'keys-missing'
  readonly reason: 'refused'
  readonly empty: readonly EmptyField[]
  readonly why: WhyMissing
  readonly from: CredentialsFrom
}

/** What is left out is an error where something fails for want of it, which the verdict sees; and where there are no keys. */
export function severityOfEmpty(finding: EmptyCredentials, { composerManages }: Circumstances): Severity {
  if (finding.reason === 'refused') return severityAtServer(finding)
  return finding.areKeys && !composerManages ? 'error' : 'warning'
}

export function explainEmpty(finding: EmptyCredentials, site: JobSite): Explanation {
  const source = sourceOf(finding)
  const why = whyItIs(finding, source)
  const taken = joined(takenBy(finding, source))
  // What is known beyond the names goes before them.
  const lead = joined([whatIsEmpty(finding, site), why === '' ? taken : why])
  return {
    title: finding.reason === 'left-out' && finding.areKeys ? 'The keys are missing' : 'Credentials are empty',
    cause: finding.reason === 'refused' ? withMeaning(lead, finding) : joined([lead, leftOut(finding)]),
    fix: stepsFor(finding, source, site),
    who: whoFor(finding, source, site),
    composerSays:
      finding.url === undefined
        ? undefined
        : composerFailureMessage(finding.url, { kind: 'status', status: finding.status ?? 401 }),
    background: joined([
      why === '' ? '' : taken,
      'GitHub passes an empty string for a secret that does not exist or that the run may not read.',
    ]),
    ...(finding.reason === 'refused' ? { evidence: evidenceOf(finding) } : {}),
  }
}

const MAINTAINER = 'A maintainer of this repository; the author of the pull request cannot change it.'

function whoFor(finding: EmptyCredentials, source: KeySource | undefined, site: JobSite): string {
  if (finding.reason === 'refused' && finding.from.from === 'elsewhere') {
    return `${whoEdits(...savedIn(finding.from, site))}.`
  }
  if (finding.why === 'fork') return MAINTAINER
  return finding.why === 'unknown' && source?.call === undefined ? SECRETS_OWNERS : WORKFLOW_EDITOR
}

function sourceOf(finding: EmptyCredentials): KeySource | undefined {
  if (finding.reason === 'left-out') return finding.source
  return finding.from.from === 'composer-auth' ? finding.from.source : undefined
}

function whatIsEmpty(finding: EmptyCredentials, site: JobSite): string {
  const { host, empty, status } = finding
  const isFromInput = finding.reason === 'left-out' || finding.from.from === 'composer-auth'
  const where = isFromInput ? '`composer-auth`' : heldIn(finding.from, site)
  const names = enumeration(empty.map((name) => `\`${name}\``))
  const refused = status === undefined ? '' : ` (HTTP ${status})`
  return `In ${where}, ${names} of ${host} ${empty.length === 1 ? 'is' : 'are'} empty${refused}.`
}

/** What the workflow takes what is empty from. */
function takenBy({ empty }: EmptyCredentials, source: KeySource | undefined): string[] {
  const secrets = secretsIn(source).map((name) => `\`secrets.${name}\``)
  if (secrets.length === 0) return takenFrom(source?.inputs ?? [])
  return [`The workflow takes ${empty.length === 1 ? 'it' : 'them'} from ${enumeration(secrets)}.`]
}

function whyItIs({ why }: EmptyCredentials, source: KeySource | undefined): string {
  switch (why) {
    case 'fork':
      return 'This run is for a pull request from a fork, and GitHub gives such runs no secrets.'
    case 'dependabot':
      return 'Dependabot started this run, and such runs read Dependabot’s secrets only.'
    case 'forked-repository':
      return 'This repository is a fork, and GitHub copies no secrets into a fork.'
    case 'unknown':
      return source?.call === undefined ? '' : 'The job that calls this reusable workflow does not pass the secret on.'
  }
}

function leftOut({ url }: EmptyAndLeftOut): string {
  return url === undefined ? 'The entry was left out, and nothing has failed for want of it.' : ''
}

function stepsFor(finding: EmptyCredentials, source: KeySource | undefined, site: JobSite): string[] {
  const { host, why } = finding
  if (finding.reason === 'refused' && finding.from.from === 'elsewhere') {
    return [`Fill them in, or remove the entry for ${host} from ${heldIn(finding.from, site)}.`, OR_INPUT]
  }
  const names = secretsIn(source)
  const secrets = names.length === 0 ? 'the secret' : enumeration(names.map((name) => `\`${name}\``))
  const unneeded = isAdobe(host) ? IN_ENVIRONMENT : `If ${host} is no longer needed, remove its entry.`
  switch (why) {
    case 'fork':
      return [capitalised(skipWithoutKeys(`the steps that need ${host}`))]
    case 'dependabot':
      return [`Add ${secrets} under ${DEPENDABOT_SECRETS} as well.`, unneeded]
    case 'forked-repository':
      return [`Add ${secrets} under ${SECRETS} of this fork.`, unneeded]
    case 'unknown':
      if (source?.call !== undefined) return ['Add `secrets: inherit` to the calling job, or pass the secret there.']
      return [
        `${checkSecret(secrets, names, source)} An organisation’s secret must be shared with this repository.`,
        unneeded,
      ]
  }
}

const IN_ENVIRONMENT = 'If it is a secret of an environment, add `environment: <name>` to the job.'
const OR_INPUT = 'Or pass the credentials to the input `composer-auth`.'

/** Where the whole document is one secret, that is what has the gap. */
function checkSecret(secrets: string, names: readonly string[], source: KeySource | undefined): string {
  const isWhole = source?.inputs.every(({ set }) => set === 'expression') === true && names.length > 0
  if (isWhole) return `Save ${secrets} again, with the value filled in.`
  return names.length === 0
    ? `Compare the secrets’ names in \`composer-auth\` with those under ${SECRETS}.`
    : `Under ${SECRETS}, check that ${secrets} ${names.length === 1 ? 'exists and is' : 'exist and are'} not empty.`
}
