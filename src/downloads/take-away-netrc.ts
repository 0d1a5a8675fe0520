import { warning } from '@actions/core'
import { UnwritableFile } from '../credentials/unwritable-file.js'
import { say } from '../runner/say.js'
import { removeNetrcFile } from './netrc-file.js'

/** Removes a netrc file after the job, and says what came of it. */
export async function takeAwayNetrc(path: string): Promise<void> {
  try {
    const wasThere = await removeNetrcFile(path)
    say(wasThere ? `${path} is gone again.` : `${path} is not there (any more): nothing to remove.`)
  } catch (error) {
    if (!(error instanceof UnwritableFile)) throw error
    warning(
      `The credentials for downloads may still be in ${path}, which cannot be removed (${error.message}). Remove it by hand on a self-hosted runner; a hosted one is thrown away with it.`,
      { title: 'The credentials for downloads could not be removed' },
    )
  }
}
