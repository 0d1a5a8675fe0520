import { warning } from '@actions/core'
import { restoredEnvironment } from './credentials/environment-auth.js'
import { takeAwayCredentials } from './credentials/take-away-credentials.js'
import { canExport, exportComposerAuth } from './github/environment-file.js'
import { say } from './github/say.js'
import { type SavedState, savedState } from './github/state.js'
import { hostsOf } from './problems/phrases.js'

/** The post step: takes away what main wrote, from wherever it wrote it. Reads the state alone, and never fails the job. */
export async function cleanUp(env: NodeJS.ProcessEnv): Promise<0> {
  const { files, environment } = savedState()
  if (files.length === 0 && environment === undefined) {
    say('No credentials to take away: the step wrote none, or was told to leave them (cleanup: false).')
    return 0
  }
  if (environment !== undefined) emptyVariable(environment, env)
  for (const file of files) await emptyFile(file)
  return 0
}

async function emptyFile({ lease, changed }: SavedState['files'][number]): Promise<void> {
  const { path, entries } = lease
  const hosts = hostsOf(entries.map((entry) => entry.path))
  const result = await takeAwayCredentials(lease, changed)
  switch (result.kind) {
    case 'nothing-there':
      say(`The credentials for ${hosts} are not in ${path} (any more): nothing to take away.`)
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
        `Another program overwrote ${path} with something that is not a valid auth.json; it was left as it is.${result.holdsKey ? ' It still holds a key of this job: remove it.' : ''}`,
        { title: 'auth.json was overwritten by another program' },
      )
      break
    case 'unwritable':
      warning(
        `The credentials for ${hosts} may still be in ${path}: ${result.failure.path} cannot be changed (${result.failure.message}). Remove them by hand on a self-hosted runner; a hosted one is thrown away with them.`,
        { title: 'The credentials could not be taken away' },
      )
      break
  }
}

function emptyVariable(lease: NonNullable<SavedState['environment']>, env: NodeJS.ProcessEnv): void {
  const result = restoredEnvironment(env.COMPOSER_AUTH, lease)
  if (result.kind === 'nothing-there') {
    say("COMPOSER_AUTH holds nothing of this step's (any more).")
    return
  }
  if (result.kind === 'invalid-now') {
    say('Another step made something else of COMPOSER_AUTH, which was left as it is.')
    return
  }
  if (result.kind === 'unreadable' || !canExport(env)) {
    const why = result.kind === 'unreadable' ? ` (${result.failure.message})` : ''
    warning(`COMPOSER_AUTH could not be emptied${why}: steps that run after this one still see the credentials.`, {
      title: 'The credentials could not be taken away',
    })
    return
  }
  exportComposerAuth(result.text)
  say(
    result.text === ''
      ? 'COMPOSER_AUTH is empty again.'
      : result.kind === 'restored'
        ? 'COMPOSER_AUTH is again what it was before this step.'
        : 'Another step changed COMPOSER_AUTH meanwhile, so only what this step put there was taken out.',
  )
}
