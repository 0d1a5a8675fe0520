import { composerFailureMessage } from '../composer/failure-message.js'
import { type EmptyCredentials, explainEmpty, severityOfEmpty } from './empty-credentials.js'
import { type EmptyDownloads, explainEmptyDownloads, noDownloads, severityOfDownloads } from './empty-downloads.js'
import { areFilled, endsOf, named, namedCause, namesIn, notSet, type Reason, unnamedCause } from './empty-sources.js'
import {
  capitalised,
  DEPENDABOT_SECRETS,
  enumeration,
  joined,
  SECRETS,
  skipWithoutKeys,
  WORKFLOW_EDITOR,
} from './phrases.js'
import { always, type Facts, type ProblemEntry } from './problem.js'
import { type InputSource, type KeyInput, type KeySource, takenFrom, type WhyMissing } from './workflow-inputs.js'

/** Neither key, or only one of them, came: what the workflow handed over is empty. */
export interface KeysMissing extends Facts {
  readonly code: 'keys-missing'
  readonly reason: 'inputs'
  readonly host: string
  readonly missing: readonly KeyInput[]
  /** All that came is the dollar sign of `$${{ … }}`. */
  readonly dollar: boolean
  readonly why: WhyMissing
  /** The repository's packages.json. */
  readonly url: string
  /** Credentials for other hosts were handed over, and written. */
  readonly others: boolean
  /** Undefined where the step could not be told in the workflow's file. */
  readonly source: KeySource | undefined
}

export const keysMissing: ProblemEntry<KeysMissing | EmptyCredentials | EmptyDownloads> = {
  title: 'The keys are missing',
  atMost: 'error',
  severity(finding, circumstances) {
    if (finding.reason === 'downloads') return severityOfDownloads(finding)
    if (finding.reason !== 'inputs') return severityOfEmpty(finding, circumstances)
    return circumstances.composerManages ? 'warning' : 'error'
  },
  byCredentials: always,
  explain(finding, site) {
    if (finding.reason === 'downloads') return explainEmptyDownloads(finding)
    if (finding.reason !== 'inputs') return explainEmpty(finding, site)
    if (isForDownloads(finding)) return noDownloads(finding.why)
    const { cause, who = WORKFLOW_EDITOR, ...reason } = reasonFor(finding)
    const [taken = ''] = takenFrom(finding.source?.inputs ?? [])
    const written = finding.others ? 'What `composer-auth` holds for other hosts was written.' : 'Nothing was written.'
    const empties = 'GitHub passes an empty string for a secret that does not exist or that the run may not read.'
    return {
      ...reason,
      // What is known beyond the names goes before them.
      cause: joined([empty(finding), cause === '' ? taken : cause]),
      who,
      composerSays: composerFailureMessage(finding.url, { kind: 'status', status: 401 }),
      background: joined([cause === '' ? '' : taken, written, empties]),
    }
  },
}

/** Whether the step wants no keys, but MAGEID and token, which came empty as well. */
function isForDownloads({ source }: KeysMissing): boolean {
  return (
    source?.forDownloads === true &&
    source.inputs.every(({ set, misspelt }) => set === 'absent' && misspelt === undefined)
  )
}

function empty({ missing, dollar, host, others }: KeysMissing): string {
  const inputs = enumeration(missing.map((input) => `\`${input}\``))
  const one = missing.length === 1
  if (dollar)
    return `${inputs} ${one ? 'holds' : 'hold'} only a dollar sign instead of ${one ? 'a key' : 'keys'} for ${host}.`
  return others
    ? `${inputs} ${one ? 'is' : 'are'} empty, and \`composer-auth\` has no entry for ${host}.`
    : `${inputs} ${one ? 'is' : 'are'} empty, so there are no keys for ${host}.`
}

/** From what is certain to what is likely. */
function reasonFor(finding: KeysMissing): Reason {
  const { missing, dollar, why, source } = finding
  const unset = source?.inputs.filter(({ set }) => set !== 'expression') ?? []
  if (unset.length > 0) return notSet(unset)
  if (dollar) {
    return {
      cause: 'That is what `$${{ secrets.NAME }}` leaves of an empty secret.',
      fix: ['Write `${{ secrets.NAME }}`, with one dollar sign.', whyEmpty(why, source)],
    }
  }
  // One key that came proves that the run may read secrets.
  if (missing.length > 1 && why === 'fork') return fork(finding)
  if (missing.length > 1 && why === 'dependabot') {
    return {
      title: 'The keys are missing: Dependabot reads other secrets',
      cause: 'Dependabot started this run, and such runs read Dependabot’s secrets only.',
      fix: [
        `Add both keys under ${DEPENDABOT_SECRETS}, with the same names${inParentheses(source)}.`,
        `Or ${skipWithoutKeys(`the steps that need ${finding.host}`)}`,
      ],
    }
  }
  if (source?.call !== undefined) return notHandedOn(source.call, source.inputs)
  if (missing.length > 1 && why === 'forked-repository') {
    return {
      title: 'The keys are missing in this fork',
      cause: 'This repository is a fork, and GitHub copies no secrets into a fork.',
      fix: [
        `Add the two keys of your own account under ${SECRETS} of this fork${inParentheses(source)}.`,
        `Or ${skipWithoutKeys(`the steps that need ${finding.host}`)}`,
      ],
    }
  }
  const ends = endsOf(source?.inputs ?? [])
  if (finding.others && missing.length > 1 && ends.length === 0) return noEntry(finding)
  return ends.length > 0 ? namedCause(missing.length === 1, source) : unnamedCause(missing)
}

/** The step takes its credentials from `composer-auth`, as far as is known, and this host is not in it. */
function noEntry({ host }: KeysMissing): Reason {
  return {
    cause: '',
    fix: [
      `Add an \`http-basic\` entry for ${host} to \`composer-auth\`, from a secret, or set \`public-key\` and \`private-key\`.`,
      `If both are set, compare the secrets’ names in this step with those under ${SECRETS}.`,
    ],
  }
}

function fork({ host }: KeysMissing): Reason {
  return {
    title: 'The keys are missing: forks get no secrets',
    cause: 'This run is for a pull request from a fork, and GitHub gives such runs no secrets.',
    fix: [
      capitalised(skipWithoutKeys(`the steps that need ${host}`)),
      'Or, for Magento Open Source, use a public mirror in these runs: see “Runs without secrets” in this action’s README.',
    ],
    who: 'A maintainer of this repository; the author of the pull request cannot change it.',
  }
}

function notHandedOn(call: NonNullable<KeySource['call']>, inputs: readonly InputSource[]): Reason {
  const who = 'Anyone who can edit the calling workflow.'
  const title = 'The keys are missing: the calling workflow does not pass them on'
  if (call.kind === 'no-secrets') {
    return {
      title,
      cause: 'This step is in a reusable workflow, and the job that calls it has no `secrets:`.',
      fix: ['Add `secrets: inherit` to the calling job, next to its `uses:`, or pass the two secrets there by name.'],
      who,
    }
  }
  const names = enumeration(call.names.map((name) => `\`${name}\``))
  const add = `Add ${names} to the calling job’s \`secrets:\`, as \`NAME: \${{ secrets.NAME }}\`, or write \`secrets: inherit\`.`
  const passed = inputs.filter(({ input }) => !call.inputs.includes(input))
  if (passed.length === 0) {
    return {
      title,
      cause: `This step is in a reusable workflow, and the job that calls it does not pass ${names} under \`secrets:\`.`,
      fix: [add],
      who,
    }
  }
  return {
    title: 'The keys are missing: the calling workflow passes only one on',
    cause: `The job that calls this workflow does not pass ${names}; what it passes for ${named(passed)} is empty.`,
    fix: [add, areFilled(namesIn(passed, 'secrets'))],
    who: 'Anyone who can edit the calling workflow and its repository’s secrets.',
  }
}

function inParentheses(source: KeySource | undefined): string {
  const names = namesIn(source?.inputs, 'secrets')
  return names.length === 0 ? '' : ` (${enumeration(names)})`
}

/** What to look at once the dollar sign is gone. */
function whyEmpty(why: WhyMissing, source: KeySource | undefined): string {
  if (why === 'fork')
    return 'This run is for a pull request from a fork, which gets no secrets: set `if-keys-missing: ignore`, and skip what needs the keys.'
  if (why === 'dependabot') {
    return `Dependabot started this run: add the secrets${inParentheses(source)} under ${DEPENDABOT_SECRETS} as well.`
  }
  return areFilled(namesIn(source?.inputs, 'secrets'))
}
