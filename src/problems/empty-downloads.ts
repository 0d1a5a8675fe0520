/** Credentials for downloads of which a half, or both, came empty. */
import { endsOf, namedCause, namesIn, notSet, type Reason } from './empty-sources.js'
import {
  capitalised,
  DEPENDABOT_SECRETS,
  enumeration,
  joined,
  SECRETS,
  skipWithoutKeys,
  WORKFLOW_EDITOR,
} from './phrases.js'
import type { Explanation, Facts, Severity } from './problem.js'
import { type DownloadInput, type KeySource, takenFrom, type WhyMissing } from './workflow-inputs.js'

/** One of MAGEID and download token is empty and the other not: no netrc file was written. */
export interface EmptyDownloads extends Facts {
  readonly code: 'keys-missing'
  readonly reason: 'downloads'
  readonly host: string
  readonly missing: readonly DownloadInput[]
  /** All that came of one is the dollar sign of `$${{ … }}`. */
  readonly dollar: boolean
  readonly why: WhyMissing
  /** Undefined where the step could not be told in the workflow's file. */
  readonly source: KeySource | undefined
  /** `if-keys-missing` lets such a run pass. */
  readonly mayBeMissing: boolean
}

/** Composer has no part in it: only the workflow says whether a run may do without. */
export function severityOfDownloads({ mayBeMissing }: EmptyDownloads): Severity {
  return mayBeMissing ? 'warning' : 'error'
}

export function explainEmptyDownloads(finding: EmptyDownloads): Explanation {
  const { missing, source } = finding
  const { cause, who = WORKFLOW_EDITOR, ...reason } = reasonFor(finding)
  const [taken = ''] = takenFrom(source?.inputs ?? [])
  return {
    title: missing.length > 1 ? BOTH_MISSING : TITLES[missing[0] ?? 'download-token'],
    ...reason,
    // What is known beyond the names goes before them.
    cause: joined([whatIsEmpty(finding), cause === '' ? taken : cause]),
    who,
    composerSays: undefined,
    background: joined([
      cause === '' ? '' : taken,
      'No netrc file was written; Composer has nothing to do with these two inputs.',
      EMPTY_STRINGS,
    ]),
  }
}

const BOTH_MISSING = 'MAGEID and download token are missing'
const TITLES: Readonly<Record<DownloadInput, string>> = {
  'mage-id': 'The MAGEID is missing',
  'download-token': 'The download token is missing',
}
const EMPTY_STRINGS = 'GitHub passes an empty string for a secret that does not exist or that the run may not read.'
const NO_SECRETS_FOR_FORKS = 'This run is for a pull request from a fork, and GitHub gives such runs no secrets.'
const OTHER_SECRETS = 'Dependabot started this run, and such runs read Dependabot’s secrets only.'
const MAINTAINER = 'A maintainer of this repository; the author of the pull request cannot change it.'

function whatIsEmpty({ missing, dollar, host }: EmptyDownloads): string {
  const inputs = enumeration(missing.map((input) => `\`${input}\``))
  const [holds, value] = missing.length === 1 ? ['holds', 'a value'] : ['hold', 'values']
  return dollar
    ? `${inputs} ${holds} only a dollar sign instead of ${value} for downloads from ${host}.`
    : `${inputs} is empty, and downloads from ${host} need both \`mage-id\` and \`download-token\`.`
}

/** From what is certain to what is likely. The half that came may stand in the workflow itself, so it proves nothing of secrets. */
function reasonFor({ missing, dollar, why, source }: EmptyDownloads): Reason {
  const unset = source?.inputs.filter(({ set }) => set !== 'expression') ?? []
  if (unset.length > 0) return { ...notSet(unset), fix: [...notSet(unset).fix, OR_NEITHER] }
  const names = namesIn(source?.inputs, 'secrets')
  const secrets = names.length === 0 ? `the secret for \`${missing[0]}\`` : enumeration(names)
  if (dollar) {
    return {
      cause: 'That is what `$${{ secrets.NAME }}` leaves of an empty secret.',
      fix: [
        'Write `${{ secrets.NAME }}`, with one dollar sign.',
        `Check that ${secrets} is there, and not empty, under ${SECRETS}.`,
      ],
    }
  }
  switch (why) {
    case 'fork':
      return { cause: NO_SECRETS_FOR_FORKS, fix: [capitalised(SKIP)], who: MAINTAINER }
    case 'dependabot':
      return { cause: OTHER_SECRETS, fix: [`Add ${secrets} under ${DEPENDABOT_SECRETS} as well.`, `Or ${SKIP}`] }
    case 'forked-repository':
      return {
        cause: 'This repository is a fork, and GitHub copies no secrets into a fork.',
        fix: [`Add ${secrets} under ${SECRETS} of this fork.`, `Or ${SKIP}`],
      }
    case 'unknown':
      return unexplained(missing, source)
  }
}

function unexplained([input = 'download-token']: readonly DownloadInput[], source: KeySource | undefined): Reason {
  if (source?.call !== undefined) {
    return {
      cause: 'The job that calls this reusable workflow does not pass the secret on.',
      fix: ['Add `secrets: inherit` to the calling job, or pass the secret there.'],
      who: 'Anyone who can edit the calling workflow.',
    }
  }
  if (endsOf(source?.inputs ?? []).length > 0) return namedCause(false, source, 'MAGEID and token')
  return {
    cause: '',
    fix: [`Compare the name of the secret for \`${input}\` with the names under ${SECRETS}.`, OR_NEITHER],
  }
}

const OR_NEITHER = 'Or, to download nothing, set neither `mage-id` nor `download-token`.'
/** With keys for Composer beside them the run is not skipped. */
const SKIP = 'set `if-keys-missing: ignore`, and skip what needs the downloads when the output `netrc-file` is empty.'

/** The words for a step that sets these two inputs and no keys, and got nothing at all. */
export function noDownloads(why: WhyMissing): Explanation {
  const cause = '`mage-id` and `download-token` are empty, and the step sets no keys.'
  const rest = { title: BOTH_MISSING, who: WORKFLOW_EDITOR, composerSays: undefined, background: EMPTY_STRINGS }
  switch (why) {
    case 'fork':
      return {
        ...rest,
        cause: `${cause} ${NO_SECRETS_FOR_FORKS}`,
        fix: [capitalised(skipWithoutKeys('what needs the downloads'))],
        who: MAINTAINER,
      }
    case 'dependabot':
      return {
        ...rest,
        cause: `${cause} ${OTHER_SECRETS}`,
        fix: [
          `Add both under ${DEPENDABOT_SECRETS}, with the same names.`,
          `Or ${skipWithoutKeys('what needs the downloads')}`,
        ],
      }
    case 'forked-repository':
    case 'unknown':
      return {
        ...rest,
        cause,
        fix: [`Compare the secrets’ names in this step with those under ${SECRETS}.`],
      }
  }
}
