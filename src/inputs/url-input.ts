import { getInput } from '@actions/core'
import { isPrivateRoute } from '../composer/origin.js'
import { InvalidInput, notTaken } from './invalid-input.js'

/** What an input for a URL says of itself. */
export interface UrlInput {
  readonly input: string
  /** Taken where the input is empty, and shown as an example. */
  readonly fallback: string
  /** What is at the URL, with an article. */
  readonly what: string
  /** The inputs that take the credentials for it. */
  readonly credentials: string
  /** Those, in a word or two. */
  readonly secrets: string
}

/**
 * The URL of a server that credentials go to: https, or http to this machine.
 *
 * @throws InvalidInput
 */
export function urlInput({ input, fallback, what, credentials, secrets }: UrlInput): string {
  const takes = `the http(s) URL of ${what}, such as \`${fallback}\`.`
  const value = getInput(input) || fallback
  if (!/^https?:\/\//i.test(value) || /[\s\p{Cc}]/u.test(value) || !URL.canParse(value)) throw notTaken(input, takes)
  const url = new URL(value)
  if (url.username !== '' || url.password !== '') {
    throw new InvalidInput(
      input,
      'holds credentials',
      `Take them out of the URL, and pass them to ${credentials}, from secrets.`,
    )
  }
  if (url.search !== '' || url.hash !== '') throw notTaken(input, takes)
  if (!isPrivateRoute(value)) {
    throw new InvalidInput(
      input,
      `begins with http://, over which anyone on the way could read ${secrets}`,
      'Begin it with `https://`.',
    )
  }
  return value
}
