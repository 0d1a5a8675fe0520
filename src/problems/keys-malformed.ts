import { composerFailureMessage } from '../composer/failure-message.js'
import { heldIn, savedIn, saveThem } from './credentials-from.js'
import { type KeyShape, ONE_DOLLAR, type OtherCredentials, SHAPES, type Shaped } from './key-shape-words.js'
import { keyOwner, WORKFLOW_EDITOR } from './phrases.js'
import { always, type Explanation, type Facts, type JobSite, type ProblemEntry } from './problem.js'
import { type KeyInput, type KeySource, takenFrom } from './workflow-inputs.js'

/** Something other than a key was handed over. */
export interface KeysMalformed extends Facts, Shaped {
  readonly code: 'keys-malformed'
  readonly host: string
  readonly input: KeyInput | 'both'
  /** Nobody is asked in this run, so their look is all that there is. */
  readonly unasked?: true
  readonly shape: KeyShape
  /** Undefined where the step could not be told in the workflow's file. */
  readonly source: KeySource | undefined
  /** The packages.json that was refused to these keys; undefined where that was not asked for, or was not refused. */
  readonly rejectedAt: string | undefined
}

export const keysMalformed: ProblemEntry<KeysMalformed> = {
  title: 'This does not look like an access key',
  atMost: 'error',
  severity({ shape }, { rejected }) {
    if (shape === 'surrounding-white-space') return 'notice'
    // Accepted all the same, or nobody asked: then it is an opinion about a form that Adobe does not promise.
    return rejected ? 'error' : 'warning'
  },
  byCredentials: always,
  explain(finding, site) {
    const { shape, source, status, rejectedAt, other } = finding
    const { what, why = '' } = SHAPES[shape]
    return {
      ...(other === undefined ? {} : { title: 'This does not look like a credential' }),
      ...(shape === 'surrounding-white-space' ? { title: 'White space around a key was ignored' } : {}),
      cause: [
        what(nameOf(finding, site), finding),
        why,
        ...(rejectedAt === undefined ? [] : [`It is rejected (HTTP ${status}).`]),
        ...(other === undefined ? takenFrom(source?.inputs ?? []) : []),
      ]
        .filter((part) => part !== '')
        .join(' '),
      ...(other === undefined ? stepsFor(finding) : otherSteps(finding, other, site)),
      composerSays:
        rejectedAt === undefined
          ? undefined
          : composerFailureMessage(rejectedAt, { kind: 'status', status: status ?? 401 }),
    }
  },
}

function stepsFor(finding: KeysMalformed): Pick<Explanation, 'fix' | 'who'> {
  const { fix, inWorkflow = false } = SHAPES[finding.shape]
  // Whoever needs no other key needs no account either.
  if (typeof fix !== 'function') return { fix, who: WORKFLOW_EDITOR }
  return { fix: fix(finding), who: keyOwner(finding.host, ...(inWorkflow ? ['workflow'] : []), 'secrets') }
}

/** What is to be done where the credentials come from: what stands there is no credential, whatever it is. */
function otherSteps(
  { host, shape, source }: KeysMalformed,
  { from }: OtherCredentials,
  site: JobSite,
): Pick<Explanation, 'fix' | 'who'> {
  const given = from.from === 'composer-auth' ? { ...from, source } : from
  const isWritten = shape === 'expression' || shape === 'variable' || shape === 'dollar'
  const steps = [`Get the user name and password for ${host} from whoever runs it.`, saveThem(given, host, site)]
  return from.from === 'composer-auth' && isWritten
    ? { fix: [ONE_DOLLAR, 'If a secret holds that text, save the value itself there.'], who: WORKFLOW_EDITOR }
    : { fix: steps, who: keyOwner(host, ...savedIn(given, site)) }
}

function nameOf({ input, inComposerAuth, host, other }: KeysMalformed, site: JobSite): string {
  if (other !== undefined) {
    const where = inComposerAuth ? '`composer-auth`' : heldIn(other.from, site)
    return `In ${where}, \`${other.field}\` of ${host}`
  }
  if (!inComposerAuth) return input === 'both' ? '`public-key` and `private-key`' : `\`${input}\``
  const half = { both: 'username` and `password', 'public-key': 'username', 'private-key': 'password' }[input]
  return `In \`composer-auth\`, \`${half}\` of ${host}`
}
