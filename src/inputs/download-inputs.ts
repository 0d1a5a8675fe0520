import { getInput } from '@actions/core'
import type { HttpBasic } from '../composer/http-basic.js'
import { ADOBE_DOWNLOADS } from '../problems/download-token-rejected.js'
import { SECRETS } from '../problems/phrases.js'
import { InvalidInput } from './invalid-input.js'
import { givenKey } from './key-shapes.js'
import { urlInput } from './url-input.js'

/** Credentials for downloads of archives and patches: the MAGEID as user name, its download token as password. */
export interface DownloadInputs extends HttpBasic {
  /** Below which the downloads are; ends with a slash. */
  readonly url: string
}

/** The inputs as they were handed over: masked before anything else is read. */
export function readRawDownloadSecrets(): { mageId: string; downloadToken: string; downloadUrl: string } {
  const raw = (name: string) => getInput(name, { trimWhitespace: false })
  return { mageId: raw('mage-id'), downloadToken: raw('download-token'), downloadUrl: raw('download-url') }
}

/**
 * Reads the inputs for downloads.
 *
 * @returns undefined where both halves are empty: downloads are not used, or the run gets no secrets
 * @throws InvalidInput
 */
export function readDownloadInputs(): DownloadInputs | undefined {
  const { mageId, downloadToken } = readRawDownloadSecrets()
  const url = downloadUrl()
  const username = half('mage-id', mageId)
  const password = half('download-token', downloadToken)
  if (username === '' && password === '') return undefined
  if (username === '') throw missing('mage-id', 'download-token')
  if (password === '') throw missing('download-token', 'mage-id')
  return { username, password, url }
}

function half(input: string, raw: string): string {
  const { value } = givenKey(raw)
  if (value === '$') {
    throw new InvalidInput(
      input,
      'holds only a dollar sign, as `$${{ secrets.NAME }}` leaves of an empty secret',
      'Write `${{ secrets.NAME }}`, with one dollar sign, and check that the secret exists.',
    )
  }
  return value
}

function missing(empty: string, given: string): InvalidInput {
  return new InvalidInput(
    empty,
    `is empty, but \`${given}\` is not, and downloads need both`,
    `Compare the name of its secret with the names under ${SECRETS}.`,
    'Or, to download nothing, leave both empty.',
  )
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
