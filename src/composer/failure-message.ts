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

/**
 * A regular expression, in what .NET and JavaScript have in common, for a line in which Composer says that a file of this host
 * answers 401, 403 or 404, or that its transfer broke. What it says is the first group, whatever stands before. Composer
 * breaks errors into lines as wide as the terminal, 80 characters where there is none: of a broken one nothing is found.
 *
 * Source of the texts: those of `composerFailureMessage`, and `Downloader/DownloadManager.php` for what stands in front.
 *
 * @param host as `URL.host` gives it
 */
export function failureLine(host: string): string {
  const url = `https?://${host.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&')}/`
  const refused = `The ['"]${url}[^'"]*['"] (?:URL|file) (?:required authentication|could not be (?:accessed|downloaded)) \\(HTTP(?:/[0-9.]+)? 40[134]\\b[^)]*\\)?`
  const broken = `curl error \\d+ while downloading ${url}\\S*: .*\\S`
  return `((?:Failed to download \\S+ from dist: )?(?:${refused}|${broken}))`
}

export type ComposerOutcome =
  | { readonly kind: 'status'; readonly status: number }
  | { readonly kind: 'not-json' }
  | { readonly kind: 'null' }
  | { readonly kind: 'curl'; readonly code: number; readonly text: string }
  | { readonly kind: 'redirect-without-location'; readonly status: number }
