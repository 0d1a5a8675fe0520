import { composerFailureMessage } from '../composer/failure-message.js'
import { NO_VERSION, namesOfVersions } from '../composer/installed/composer-versions.js'
import { firstVersionWith, versionsWith } from '../composer/installed/version-rules.js'
import { CLONING, type Cloned, readAllTheSame } from './at-server.js'
import { UPDATE_LOCK } from './package-denied.js'
import { whoEdits, withEditors } from './people.js'
import { lowered, namesOf, WORKFLOW_EDITOR } from './phrases.js'
import { always, type Explanation, type Facts, type JobSite, type ProblemEntry } from './problem.js'
import { shownPath } from './shown-path.js'
import { vendorAt } from './vendors.js'

/** A host without credentials that Composer would send, each reason with what is known of it. */
export type CredentialsMissing = NoneHeld | UnknownSection | ReplacedSection | NotRead

interface Missing extends Facts {
  readonly code: 'credentials-missing'
  readonly host: string
}

/** An entry of auth.json that was probably meant for a host: the key under which it stands, and in which file or variable. */
export interface NearMiss {
  readonly key: string
  /** A path, `COMPOSER_AUTH`, or `composer-auth` for the input. */
  readonly source: string
}

/** The host wants credentials, and Composer holds none for it. */
export interface NoneHeld extends Missing {
  readonly reason: 'none-held'
  readonly status: number
  readonly url: string
  /** What needs the host is downloaded or resolved now, and not merely named. */
  readonly needed: boolean
  /** What Composer does instead, where it does not need the host and that is why: it asks the next address, or clones. */
  readonly instead?: 'next-address' | Exclude<Cloned, 'no'>
  /** composer.lock names the host, and composer.json does not. */
  readonly unnamed?: boolean
  readonly nearMiss?: NearMiss | undefined
}

/** The installed Composer does not know the section in which this step's credentials stand. */
export interface UnknownSection extends Missing {
  readonly reason: 'unknown-section'
  readonly section: string
}

/** Another place has the same section, which replaces that of this step's credentials as a whole. */
export interface ReplacedSection extends Missing {
  readonly reason: 'replaced-section'
  readonly section: string
  /** The file or variable that replaces it. */
  readonly source: string
}

/** This step's credentials stand where the coming command does not look. */
export interface NotRead extends Missing {
  readonly reason: 'not-read'
}

export const credentialsMissing: ProblemEntry<CredentialsMissing> = {
  title: 'Composer has no credentials for a private repository',
  atMost: 'error',
  severity: (finding) => (finding.reason === 'none-held' && finding.needed ? 'error' : 'warning'),
  byCredentials: always,
  explain(finding, site) {
    switch (finding.reason) {
      case 'none-held':
        return noneHeld(finding, site)
      case 'unknown-section':
        return unknownSection(finding)
      case 'replaced-section':
        return replacedSection(finding, site)
      case 'not-read':
        return notRead(finding)
    }
  },
}

function noneHeld(finding: NoneHeld, site: JobSite): Explanation {
  const { host, status, url, packages, needed, nearMiss, unnamed = false } = finding
  const vendor = vendorAt(host)
  const pair = vendor?.pair === undefined ? '' : ` ${vendor.pair}`
  return {
    cause: [
      `${host} answers ${status}, and Composer has no credentials for it${packages.length === 0 ? '' : `, but needs it for ${namesOf(packages)}`}.`,
      nearMiss === undefined
        ? ''
        : `The entry for \`${nearMiss.key}\` is not for it: Composer compares letter by letter.`,
      needed ? '' : whyNotNeeded(finding),
    ]
      .filter((sentence) => sentence !== '')
      .join(' '),
    fix: [
      ...(nearMiss === undefined ? [] : [`Rename that entry, in ${placeOf(nearMiss, site)}, to \`${host}\`.`]),
      `${nearMiss === undefined ? 'Add' : 'Or add'} an \`http-basic\` entry for \`${host}\`, with exactly this spelling, to the input \`composer-auth\`, from a secret.${pair}`,
      ...(unnamed ? [UPDATE_LOCK] : []),
      ...(needed || unnamed ? [] : ['If the repository is no longer used, remove it from composer.json.']),
    ],
    who: whoFor(finding),
    composerSays: composerFailureMessage(url, { kind: 'status', status }),
    background: 'Composer compares hosts letter by letter, with the port if there is one.',
  }
}

function placeOf({ source }: NearMiss, site: JobSite): string {
  return /^composer[-_]auth$/i.test(source) ? `\`${source}\`` : shownPath(source, site)
}

function whoFor({ host, needed, unnamed = false }: NoneHeld): string {
  const who = withEditors(`Whoever holds the account at ${vendorAt(host)?.name ?? host}`, 'workflow', 'secrets')
  if (unnamed) return `${who}; to update the lock, ${lowered(whoEdits('composer.lock'))}.`
  return needed ? `${who}.` : `${who}; to remove the repository, ${lowered(whoEdits('composer.json'))}.`
}

function whyNotNeeded({ stopsOnly = NO_VERSION, instead, nearMiss }: NoneHeld): string {
  if (stopsOnly.length > 0) return readAllTheSame(stopsOnly)
  if (instead === 'next-address')
    return 'This is a warning because Composer then asks the next address in composer.lock.'
  if (instead !== undefined) return CLONING[instead]
  return nearMiss === undefined
    ? 'This is a warning because everything needed may come from other repositories, or be in the vendor folder already.'
    : 'This is a warning because it may not be needed.'
}

function unknownSection({ host, section }: UnknownSection): Explanation {
  return {
    title: 'This Composer is too old for these credentials',
    cause: `Composer will not read this step’s credentials for ${host}: only ${namesOfVersions(versionsWith('knowsHeaders'))} read \`${section}\`.`,
    fix: [
      `Install Composer ${firstVersionWith('knowsHeaders')} or newer before this step.`,
      `Or, if ${host} takes a user name and a password, pass them as an \`http-basic\` entry of \`composer-auth\`.`,
    ],
    who: WORKFLOW_EDITOR,
    composerSays: undefined,
    background:
      'An older Composer ignores such an entry without a word. The one of this job is older, or does not tell its version.',
  }
}

function replacedSection({ host, section, source: whole }: ReplacedSection, site: JobSite): Explanation {
  const source = shownPath(whole, site)
  const owner = source === 'COMPOSER_AUTH' ? [] : [source]
  return {
    title: 'Another file replaces these credentials',
    cause: `Composer will not read this step’s credentials for ${host}: the \`${section}\` in ${source} replace those of all other places.`,
    fix: [
      `Put the headers for all hosts into one place: this step’s \`composer-auth\`, or ${source}.`,
      `Or install Composer ${firstVersionWith('mergesHeaders')} or newer, which adds them up host by host.`,
    ],
    who: `${whoEdits(...owner, 'workflow', 'secrets')}.`,
    composerSays: undefined,
    background: 'Of every other section Composer takes the entries of all places, and of one host the last one.',
  }
}

function notRead({ host }: NotRead): Explanation {
  return {
    title: 'The credentials are where Composer does not look',
    cause: `This step’s credentials for ${host} are in a project’s auth.json, but the working directory has no composer.json.`,
    fix: [
      'Add `global` to `auth-location`, or set `working-directory` to the folder of composer.json.',
      'If a later step creates composer.json, nothing needs to be done.',
    ],
    who: WORKFLOW_EDITOR,
    composerSays: undefined,
    background:
      'Composer reads a project’s auth.json only beside a composer.json. `composer create-project` reads Composer’s home and `COMPOSER_AUTH` alone.',
  }
}
