import { inputsFor, PAIR } from '../action/step-inputs.js'

/** Pairs as Commerce Marketplace hands them out, for nobody. */
export const FIRST = { username: PAIR.publicKey, password: PAIR.privateKey } as const
export const SECOND = {
  username: '0123456789abcdef0123456789abcd02',
  password: 'fedcba9876543210fedcba98765432f2',
} as const
export const THIRD = {
  username: '0123456789abcdef0123456789abcd03',
  password: 'fedcba9876543210fedcba98765432f3',
} as const

type Pair = { readonly username: string; readonly password: string }

/** The inputs of a step that only writes: nothing is sent anywhere. */
export function writing(
  { username, password }: Pair = FIRST,
  more: Readonly<Record<string, string>> = {},
): Record<string, string> {
  return inputsFor(undefined, { publicKey: username, privateKey: password }, { check: 'off', ...more })
}

/** The inputs of a step that writes for another host than the default. */
export function writingFor(host: string, pair: Pair): Record<string, string> {
  return writing(pair, { 'repository-url': `https://${host}/` })
}
