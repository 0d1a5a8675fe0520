import type { CredentialSource } from '../composer/effective-credentials.js'
import { composerFailureMessage } from '../composer/failure-message.js'
import { firstVersionWith } from '../composer/installed/version-rules.js'
import type { KeyShape } from './key-shape-words.js'
import { whoEdits } from './people.js'
import { namesOf, notFound, WORKFLOW_EDITOR, withNewKeys } from './phrases.js'
import { type Explanation, type Facts, type JobSite, never, type ProblemEntry } from './problem.js'
import { shownPath } from './shown-path.js'

/** Composer uses other credentials for a host than the given ones. */
export interface CredentialsOverridden extends Facts {
  readonly code: 'credentials-overridden'
  readonly host: string
  readonly by: CredentialSource['by']
  /** The file or variable that wins. */
  readonly source: string
  /** The section that wins, of auth.json or of `config`; empty for a URL. */
  readonly section: string
  /** Whether what wins is a pair or a token, and so could be asked with. */
  readonly sent: boolean
  /** The installed Composer's version, where it decides which place wins. */
  readonly installed: string | undefined
  /** What the winning credentials fail with; undefined while none was seen. */
  readonly fails: OverriddenFailure | undefined
}

/** What came of asking with the credentials that Composer uses instead of the given ones. */
export interface OverriddenFailure extends Pick<Facts, 'status' | 'packages'> {
  /** The server says that no keys arrived. */
  readonly notReceived: boolean
  /** What gives them away as something else than credentials. */
  readonly shape: KeyShape | undefined
  /** A value of them is empty. */
  readonly empty: boolean
  readonly url: string | undefined
}

export const credentialsOverridden: ProblemEntry<CredentialsOverridden> = {
  title: 'Composer uses other credentials than this step’s',
  atMost: 'error',
  // What the winning credentials fail with, if they do, makes it an error.
  severity: ({ fails }) => (fails === undefined ? 'warning' : 'error'),
  byCredentials: never,
  explain(whole, site) {
    const finding = withShownSource(whole, site)
    const { host, fails } = finding
    const { background, fix, who } = byPlace(finding)
    return {
      cause: `Composer will not use this step’s credentials for ${host}: ${winner(finding)}${sentenceEnd(finding)}`,
      fix,
      who,
      composerSays: fails === undefined ? undefined : composerSaysOf(fails),
      ...(background === undefined ? {} : { background }),
    }
  },
}

function withShownSource(finding: CredentialsOverridden, site: JobSite): CredentialsOverridden {
  return { ...finding, source: shownPath(finding.source, site) }
}

function winner({ by, source, section }: CredentialsOverridden): string {
  const isEntry = section !== '' && section !== 'http-basic'
  const what = isEntry ? `the entry under \`${section}\`` : 'those'
  const wins = isEntry ? 'wins' : 'win'
  switch (by) {
    case 'environment':
      return `${what} in the variable COMPOSER_AUTH ${wins}`
    case 'url':
      return `the user name and password in a repository’s URL in ${source} win`
    case 'manifest':
      return `${what} under \`config\` in ${source} ${wins}`
    default:
      return `${what} in ${source} ${wins}`
  }
}

function sentenceEnd({ host, fails, sent }: CredentialsOverridden): string {
  if (!sent) return `. This action cannot send such credentials, so ${host} was not checked.`
  if (fails === undefined) return '. They work, so this is a warning.'
  const { notReceived, empty, shape, status, packages } = fails
  const answers = status === undefined ? '' : ` (HTTP ${status})`
  if (packages.length > 0) {
    return `, and ${host} does not give ${namesOf(packages)} to them${answers}.`
  }
  if (shape !== undefined && NO_CREDENTIALS.has(shape)) return `, and they are a placeholder or the like${answers}.`
  if (empty) return `, and they are empty, at least in part${answers}.`
  if (notReceived) return `, and ${host} says that no keys arrived${answers}.`
  return `, and ${host} does not accept them${answers}.`
}

/** Shapes of what was never filled in. */
const NO_CREDENTIALS: ReadonlySet<KeyShape> = new Set(['placeholder', 'masked', 'expression', 'variable'])

function composerSaysOf({ url, status, packages: [name] }: OverriddenFailure): string | undefined {
  if (status === undefined && name !== undefined) return notFound(name)
  return url === undefined || status === undefined ? undefined : composerFailureMessage(url, { kind: 'status', status })
}

const COMMITTED = 'If they were committed, they are exposed: create new keys.'

function byPlace(finding: CredentialsOverridden): Pick<Explanation, 'background' | 'fix' | 'who'> {
  const { by, source, section, host, fails } = finding
  const who = editorsOf(finding)
  if (section === 'bearer' || section === 'custom-headers' || section === 'client-certificate')
    return bySection(finding)
  switch (by) {
    case 'environment':
      return {
        fix: [
          `Remove ${host} from the secret that COMPOSER_AUTH is set from, or do not set it for the step that runs Composer.`,
          'Or pass that secret to the input `composer-auth` instead of setting COMPOSER_AUTH: this step’s keys then win for their host.',
          'Or add `env` to `auth-location`, so that this step’s credentials win there too.',
        ],
        who: WORKFLOW_EDITOR,
        background: `COMPOSER_AUTH wins over the auth.json in Composer’s home${ruleOf(finding)}.`,
      }
    case 'project-auth':
      return {
        fix: [
          `Remove ${host} from ${source}. ${COMMITTED}`,
          'Or set `auth-location: project`: this step then replaces the entry until the job ends.',
        ],
        who: withNewKeys(who),
        background: `An auth.json beside composer.json wins over the one in Composer’s home${ruleOf(finding)}.`,
      }
    case 'manifest':
      return {
        fix: [
          `Remove \`http-basic\` for ${host} from \`config\` in ${source}. ${COMMITTED}`,
          'Or set `auth-location: project`, which wins over composer.json.',
        ],
        who: withNewKeys(who),
      }
    case 'url':
      return {
        fix: [
          `Remove user name and password from the URL in ${source}. ${COMMITTED}`,
          ...(fails === undefined
            ? ['If they are the right ones, pass them, from a secret, to the input `composer-auth`.']
            : []),
        ],
        who: withNewKeys(
          `${fails === undefined ? whoEdits('composer.json', 'workflow', 'secrets') : whoEdits('composer.json')}.`,
        ),
      }
    case 'home-config':
    case 'home-auth':
      return {
        fix: [`Add \`global\` to \`auth-location\`, or remove ${host} from ${source}.`],
        who,
        background: 'This step’s credentials are in another place than those that the coming Composer command reads.',
      }
  }
}

function editorsOf({ source }: CredentialsOverridden): string {
  return `${whoEdits('workflow')}, or ${source}.`
}

/** Composer takes some sections before `http-basic`, wherever they are. */
function bySection(finding: CredentialsOverridden): Pick<Explanation, 'background' | 'fix' | 'who'> {
  const { by, source, section, host, fails } = finding
  const since = section === 'bearer' ? '' : ` since version ${firstVersionWith('knowsHeaders')}`
  return {
    fix: [
      `Remove the entry for ${host} from \`${section}\` in ${by === 'environment' ? 'the secret that COMPOSER_AUTH is set from' : source}.`,
      // What the host has just refused is not what it wants.
      ...(fails === undefined
        ? [`Or, if it is what ${host} wants, do not pass other credentials for it to this step.`]
        : []),
    ],
    who: by === 'environment' ? WORKFLOW_EDITOR : editorsOf(finding),
    background: `Composer sends one thing to a host, and of two sections it takes \`${section}\` before \`http-basic\`${since}, wherever they are.`,
  }
}

/** The rule that depends on the version, where it decided. */
function ruleOf({ by, installed }: CredentialsOverridden): string {
  const first = firstVersionWith('environmentLast')
  const about =
    by === 'environment'
      ? ` and, since Composer ${first}, the project’s auth.json`
      : ` and, before Composer ${first}, COMPOSER_AUTH`
  return `${about}${installed === undefined ? '' : ` (${installed} is installed)`}`
}
