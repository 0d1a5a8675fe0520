import { getInput } from '@actions/core'
import type { HttpBasic } from '../composer/auth-json.js'
import { isLoopback } from '../composer/origin.js'
import { InvalidInput } from './invalid-input.js'
import { givenKey } from './key-shapes.js'

/** Credentials for downloads of archives and patches: the MAGEID as user name, its download token as password. */
export interface DownloadInputs extends HttpBasic {
  /** Below which the downloads are; ends with a slash. */
  readonly url: string
}

/** Where Adobe serves archives and patches. Source: Adobe's page on authentication keys. */
const DOWNLOADS = 'https://www.magentocommerce.com/products/downloads/'

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
      'holds only a dollar sign, which is what `$${{ secrets.NAME }}` leaves of an empty secret: write `${{ secrets.NAME }}`.',
    )
  }
  return value
}

function missing(empty: string, given: string): InvalidInput {
  return new InvalidInput(
    empty,
    `is empty, but \`${given}\` is not, and downloads need both: check the name of its secret, or leave out both.`,
  )
}

function downloadUrl(): string {
  const takes = `takes the http(s) URL below which Adobe’s downloads are, such as \`${DOWNLOADS}\`.`
  const value = getInput('download-url') || DOWNLOADS
  if (!/^https?:\/\//i.test(value) || /[\s\p{Cc}]/u.test(value) || !URL.canParse(value)) {
    throw new InvalidInput('download-url', takes)
  }
  const { username, password, search, hash, protocol, hostname } = new URL(value)
  if (username !== '' || password !== '') {
    throw new InvalidInput(
      'download-url',
      'must not hold credentials: they go into `mage-id` and `download-token`, from secrets.',
    )
  }
  if (search !== '' || hash !== '') throw new InvalidInput('download-url', takes)
  if (protocol === 'http:' && !isLoopback(hostname)) {
    throw new InvalidInput(
      'download-url',
      'must begin with https://: over http everybody on the way could read the token.',
    )
  }
  return value.endsWith('/') ? value : `${value}/`
}
