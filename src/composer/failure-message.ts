import { STATUS_CODES } from 'node:http'

/**
 * What Composer itself will print for a failing download, so that a search for the one finds the other. Composer runs
 * without a terminal on a runner, and then says the same of missing and of wrong keys.
 *
 * Source of the texts: `Util/AuthHelper.php`, `Util/Http/CurlDownloader.php`, `Util/Http/Response.php`,
 * `Repository/ComposerRepository.php`.
 */
export function composerFailureMessage(url: string, outcome: ComposerOutcome): string {
  switch (outcome.kind) {
    case 'status': {
      const { status } = outcome
      const line = statusLine(url, status)
      if (status === 401)
        return `The '${url}' URL required authentication (HTTP 401). You must be using the interactive console to authenticate`
      if (status === 403) return `The '${url}' URL could not be accessed (HTTP 403): ${line}`
      return `The "${url}" file could not be downloaded (${line})`
    }
    case 'not-json':
      return `"${url}" does not contain valid JSON`
    // Composer names no repository here.
    case 'null':
      return 'ComposerRepository: Undefined $data. Please report at https://github.com/composer/composer/issues/new.'
    case 'curl':
      return `curl error ${outcome.code} while downloading ${url}: ${outcome.text}`
    case 'redirect-without-location':
      return `The "${url}" file could not be downloaded, got redirect without Location (HTTP/1.1 ${outcome.status})`
  }
}

/** Servers speak HTTP/2 to Composer over https, and its status line ends where HTTP/1.1 has words. */
function statusLine(url: string, status: number): string {
  return url.startsWith('https:') ? `HTTP/2 ${status} ` : `HTTP/1.1 ${status} ${STATUS_CODES[status] ?? ''}`.trimEnd()
}

export type ComposerOutcome =
  | { readonly kind: 'status'; readonly status: number }
  | { readonly kind: 'not-json' }
  | { readonly kind: 'null' }
  | { readonly kind: 'curl'; readonly code: number; readonly text: string }
  | { readonly kind: 'redirect-without-location'; readonly status: number }
