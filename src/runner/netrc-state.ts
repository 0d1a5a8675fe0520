import { getState, saveState } from '@actions/core'
import { isNetrcPath } from '../downloads/netrc-file.js'
import { writeRunnerFile } from './runner-file.js'

const NAME = 'netrc'

/** Tells the post step which netrc file to remove. To be called before that is written. @throws UnwritableRunnerFile */
export function saveNetrcPath(path: string): void {
  writeRunnerFile('GITHUB_STATE', () => saveState(NAME, path))
}

/** The netrc file that main announced; undefined for none. Where it announced none the text can be anybody's. */
export function savedNetrcPath(): string | undefined {
  const path = getState(NAME)
  return isNetrcPath(path) ? path : undefined
}
