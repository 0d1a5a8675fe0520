import { isJsonObject, type JsonValue } from './json.js'

/** Settings of PHP's `http` context that change neither what is sent nor whom it reaches. */
const HARMLESS = ['timeout', 'protocol_version', 'max_redirects', 'follow_location', 'ignore_errors']

/**
 * Whether `options` of a repository, or `transport-options` of a locked package, make a difference to what is answered: headers,
 * certificates to show or to trust, proxies of its own.
 */
export function changesRequests(options: JsonValue | undefined): boolean {
  if (!isJsonObject(options)) return false
  const { http = {}, ...others } = options
  if (Object.keys(others).length > 0) return true
  return isJsonObject(http) ? Object.keys(http).some((setting) => !HARMLESS.includes(setting)) : true
}
