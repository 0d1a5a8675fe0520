import { warning } from '@actions/core'
import { forgetEnvironment, type LeasedVariable, restoredEnvironment } from './credentials/environment-auth.js'
import type { Lease, LeasedFile } from './credentials/lease.js'
import { type TakenAway, takeAwayCredentials } from './credentials/take-away-credentials.js'
import { UnwritableFile } from './credentials/unwritable-file.js'
import type { RecordLost } from './credentials/without-record.js'
import { takeAwayNetrc } from './downloads/take-away-netrc.js'
import { canExport, exportComposerAuth } from './runner/environment-file.js'
import { savedNetrcPath } from './runner/netrc-state.js'
import { removeProblemMatcher, savedProblemMatcher } from './runner/problem-matcher.js'
import { reportPostCrash } from './runner/process.js'
import { say } from './runner/say.js'
import { savedCredentialState } from './runner/state.js'

/**
 * The post step: takes away what main wrote, from wherever it wrote it. Reads the state alone, and never fails the job.
 * Each place is cleaned whatever becomes of the others.
 */
export async function cleanUp(env: NodeJS.ProcessEnv): Promise<0> {
  // First, so that none of the lines below is matched.
  const matcher = savedProblemMatcher()
  if (matcher !== undefined) await removeProblemMatcher(matcher).catch(reportPostCrash)
  const state = savedCredentialState()
  const netrc = savedNetrcPath()
  if (netrc !== undefined) await takeAwayNetrc(netrc).catch(reportPostCrash)
  if (state === undefined || (state.files.length === 0 && state.variable === undefined)) {
    if (netrc === undefined) {
      say('No credentials to remove: the step wrote none, or was told to leave them (cleanup: false).')
    }
    return 0
  }
  const { lease, files, variable } = state
  for (const file of files) await takeAway(lease, file).catch(reportPostCrash)
  if (variable !== undefined) {
    await emptyVariable(lease, variable, env).catch(reportPostCrash)
    await forgetKept(variable)
  }
  return 0
}

async function takeAway(lease: Lease, file: LeasedFile): Promise<void> {
  const { path } = file
  const { hosts } = lease
  const result = await takeAwayCredentials(lease, file)
  switch (result.kind) {
    case 'nothing-there':
      say(`The credentials for ${hosts} are not in ${path} (any more): nothing to remove.`)
      break
    case 'restored':
      say(
        result.existed
          ? `${path} is again what it was without this step.`
          : `${path} is gone again: it did not exist before this step.`,
      )
      break
    case 'shared':
      say(`This step's credentials for ${hosts} are out of ${path}; another use of this action still needs the file.`)
      break
    case 'entry-removed':
      say(`Another program changed ${path} meanwhile, so only what this step wrote for ${hosts} was taken out.`)
      break
    case 'replaced-by-others':
      say(
        `Another program removed ${path} or replaced what this step wrote for ${hosts}; that was left as it is. setup-php with COMPOSER_AUTH_JSON does so, and belongs before this action.`,
      )
      break
    case 'invalid-now':
      warning(
        `Another program overwrote ${path} with something that is not a valid auth.json; it was left as it is.${HOLDS_KEY[result.holdsKey]}`,
        { title: 'auth.json was overwritten by another program' },
      )
      break
    case 'record-lost':
      tellLoss(result, lease, file)
      break
    case 'unwritable':
      tellUnwritable(result, lease, file)
      break
  }
}

const HOLDS_KEY = {
  yes: ' It still holds a key of this job: remove it.',
  no: '',
  unknown: ' It may still hold a key of this job: look at it, and remove it.',
} as const

const NOT_TAKEN_AWAY = { title: 'The credentials could not be removed' }

/** What the lost record means: in the log where nothing is missing or left, else in a warning. */
function tellLoss({ removed, lost, left, unreadable }: RecordLost, { hosts }: Lease, { path, sidecar }: LeasedFile) {
  const record = unreadable === undefined ? 'is gone' : `cannot be read (${unreadable.message})`
  const sentences = [
    `${sidecar}, the record of what stood in ${path} before this step, ${record}; another step of this job may have emptied its folder.`,
    removed ? `So only what this step wrote for ${hosts} was taken out.` : '',
    lost ? 'An entry that it had replaced there could not be put back: set it again.' : '',
    left ? `Credentials for ${hosts} may still be in ${path}, if they were not there before: look at it.` : '',
    unreadable === undefined ? '' : 'The record itself holds the credentials too: remove it by hand.',
  ]
  const text = sentences.filter((sentence) => sentence !== '').join(' ')
  if (left || unreadable !== undefined) warning(text, NOT_TAKEN_AWAY)
  else if (lost) warning(text, { title: 'An entry of auth.json could not be put back' })
  else say(text)
}

function tellUnwritable(
  { failure }: Extract<TakenAway, { kind: 'unwritable' }>,
  { hosts }: Lease,
  { path, sidecar }: LeasedFile,
): void {
  const where = failure.path === sidecar ? `${path} and ${sidecar}` : path
  const why =
    failure.reason === 'locked'
      ? `${failure.path} stayed taken for 40 seconds. If no other job runs on this machine, remove that folder, as the user who owns it, and the credentials`
      : `${failure.path} cannot be changed (${failure.message}). Remove them`
  warning(
    `The credentials for ${hosts} may still be in ${where}: ${why} by hand on a self-hosted runner; a hosted one is thrown away with them.`,
    NOT_TAKEN_AWAY,
  )
}

async function emptyVariable(lease: Lease, variable: LeasedVariable, env: NodeJS.ProcessEnv): Promise<void> {
  const result = await restoredEnvironment(env.COMPOSER_AUTH, lease, variable)
  switch (result.kind) {
    case 'nothing-there':
      say("COMPOSER_AUTH holds nothing of this step's (any more).")
      return
    case 'invalid-now':
      say('Another step made something else of COMPOSER_AUTH, which was left as it is.')
      return
    case 'restored':
      if (!exported(result.text, env)) return
      say(result.text === '' ? 'COMPOSER_AUTH is empty again.' : 'COMPOSER_AUTH is again what it was before this step.')
      return
    case 'entries-removed':
      if (!exported(result.text, env)) return
      tellEdited(result.kept, result.lost)
      if (lease.count > lease.fingerprints.length) {
        warning(
          `Credentials for ${lease.hosts} may still be in COMPOSER_AUTH: they are too many to tell all of them.`,
          NOT_TAKEN_AWAY,
        )
      }
      return
  }
}

function tellEdited(kept: boolean, lost: boolean): void {
  if (kept) {
    say('Another step changed COMPOSER_AUTH meanwhile, so only what this step put there was taken out.')
    return
  }
  const text =
    "What COMPOSER_AUTH held before this step was kept in the runner's temporary folder and is gone: another step of this job may have emptied it. So only what this step put there was taken out."
  if (!lost) say(text)
  else
    warning(`${text} An entry that it had replaced could not be put back.`, {
      title: 'COMPOSER_AUTH is not what it was',
    })
}

/** Sets the variable for the steps that come; false, with a warning, where the runner takes none. */
function exported(text: string, env: NodeJS.ProcessEnv): boolean {
  try {
    if (canExport(env)) {
      exportComposerAuth(text)
      return true
    }
  } catch {
    // Its file is full, or is none: what the system says of it changes nothing.
  }
  warning(
    'COMPOSER_AUTH could not be emptied: GITHUB_ENV cannot be written, so steps that run after this one still see the credentials.',
    NOT_TAKEN_AWAY,
  )
  return false
}

async function forgetKept(variable: LeasedVariable): Promise<void> {
  try {
    await forgetEnvironment(variable)
  } catch (error) {
    const why = error instanceof UnwritableFile ? ` (${error.message})` : ''
    warning(
      `${variable.saved} may hold credentials that COMPOSER_AUTH held before this step, and cannot be removed${why}. Remove it by hand on a self-hosted runner.`,
      NOT_TAKEN_AWAY,
    )
  }
}
