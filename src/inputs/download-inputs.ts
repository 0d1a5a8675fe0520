import { getInput } from '@actions/core'
import type { HttpBasic } from '../composer/http-basic.js'
import { ADOBE_DOWNLOADS } from '../problems/download-token-rejected.js'
import type { DownloadInput } from '../problems/workflow-inputs.js'
import { givenKey, isMissing } from './key-shapes.js'
import { urlInput } from './url-input.js'

/** Credentials for downloads of archives and patches: the MAGEID as user name, its download token as password. */
export interface DownloadInputs extends HttpBasic {
  /** Below which the downloads are; ends with a slash. */
  readonly url: string
}

/** What came of such credentials, where that is not both halves; the other is a secret all the same. */
export interface IncompleteDownloads extends DownloadInputs {
  readonly missing: readonly DownloadInput[]
}

/** The inputs as they were handed over: masked before anything else is read. */
export function readRawDownloadSecrets(): { mageId: string; downloadToken: string; downloadUrl: string } {
  const raw = (name: string) => getInput(name, { trimWhitespace: false })
  return { mageId: raw('mage-id'), downloadToken: raw('download-token'), downloadUrl: raw('download-url') }
}

/**
 * Reads the inputs for downloads.
 *
 * @returns neither where both halves are empty: downloads are not used, or the run gets no secrets
 * @throws InvalidInput
 */
export function readDownloadInputs(): {
  readonly downloads: DownloadInputs | undefined
  readonly incompleteDownloads: IncompleteDownloads | undefined
} {
  const { mageId, downloadToken } = readRawDownloadSecrets()
  const url = downloadUrl()
  const username = givenKey(mageId).value
  const password = givenKey(downloadToken).value
  if (username === '' && password === '') return { downloads: undefined, incompleteDownloads: undefined }
  const given = { username, password, url }
  const missing = [
    ...(isMissing(username) ? (['mage-id'] as const) : []),
    ...(isMissing(password) ? (['download-token'] as const) : []),
  ]
  return missing.length === 0
    ? { downloads: given, incompleteDownloads: undefined }
    : { downloads: undefined, incompleteDownloads: { ...given, missing } }
}

function downloadUrl(): string {
  const value = urlInput({
    input: 'download-url',
    fallback: ADOBE_DOWNLOADS,
    what: 'the downloads',
    credentials: '`mage-id` and `download-token`',
    secrets: 'the token',
  })
  return value.endsWith('/') ? value : `${value}/`
}
