import type { HttpBasic } from '../composer/http-basic.js'
import type { DoubtfulForm } from '../problems/download-token-rejected.js'

const MAGE_ID = /^MAG\d+$/i
const TOKEN = /^[0-9a-f]{40}$/i
const ACCESS_KEY = /^[0-9a-f]{32}$/i

/** What gives the credentials for downloads away as something else; nothing where both have the form that Adobe gives them. */
export function doubtfulForms({ username, password }: HttpBasic): DoubtfulForm[] {
  if (TOKEN.test(username) && MAGE_ID.test(password)) return [{ input: 'both', form: 'exchanged' }]
  const keys = [username, password].filter((value) => ACCESS_KEY.test(value))
  if (keys.length === 2) return [{ input: 'both', form: 'access-key' }]
  return [
    ...(MAGE_ID.test(username) ? [] : [{ input: 'mage-id', form: formOf(username) } as const]),
    ...(TOKEN.test(password) ? [] : [{ input: 'download-token', form: formOf(password) } as const]),
  ]
}

function formOf(value: string): DoubtfulForm['form'] {
  if (ACCESS_KEY.test(value)) return 'access-key'
  if (/^MAG\d+:/i.test(value) || /\/\/MAG\d+:/i.test(value)) return 'both-halves'
  if (/^[^@\s:/]+@[^@\s]+$/.test(value)) return 'email'
  return 'other'
}
