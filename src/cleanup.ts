import { info, warning } from '@actions/core'
import { takeAwayCredentials } from './credentials/take-away-credentials.js'
import { savedState } from './github/state.js'

/** The post step: takes away what main wrote. Reads the state alone, and never fails the job. */
export async function cleanUp(): Promise<0> {
  const state = savedState()
  if (state === undefined) {
    info('No credentials to take away: the step wrote none, or was told to leave them (cleanup: false).')
    return 0
  }
  const { host, path } = state.lease
  const result = await takeAwayCredentials(state.lease, state.changed)
  switch (result.kind) {
    case 'nothing-there':
      info(`The credentials for ${host} are not in ${path} (any more): nothing to take away.`)
      break
    case 'restored':
      info(
        result.existed
          ? `${path} is again what it was before this job's step.`
          : `${path} is gone again: it did not exist before this job's step.`,
      )
      break
    case 'shared':
      info(`This step's credentials for ${host} are out of ${path}; another use of this action still needs the file.`)
      break
    case 'entry-removed':
      info(`Another program changed ${path} meanwhile, so only this step's entry for ${host} was taken out.`)
      break
    case 'replaced-by-others':
      info(`Another program removed ${path} or replaced its entry for ${host}; that was left as it is.`)
      break
    case 'invalid-now':
      warning(
        `Another program overwrote ${path} with something that is not a valid auth.json; it was left as it is.${result.holdsKey ? ' It still holds a key of this job: remove it.' : ''}`,
        { title: 'auth.json was overwritten by another program' },
      )
      break
    case 'unwritable':
      warning(
        `The credentials for ${host} may still be in ${path}: ${result.failure.path} cannot be changed (${result.failure.message}). Remove them by hand on a self-hosted runner; a hosted one is thrown away with them.`,
        { title: 'The credentials could not be taken away' },
      )
      break
  }
  return 0
}
