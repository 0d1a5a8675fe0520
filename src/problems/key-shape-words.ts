/** What a value is that stands in the place of a key, in words, and what to do about it. */
import type { CredentialsFrom } from './credentials-from.js'
import { ACCESS_KEYS, capitalised, enumeration, isAdobe, lowered, newKeys } from './phrases.js'

/** What gives a key away as something else, seen without asking anybody. */
export type KeyShape =
  | 'email'
  | 'mage-id'
  | 'download-token'
  | 'json'
  | 'pem'
  | 'url'
  | 'pair'
  | 'labelled'
  | 'placeholder'
  | 'masked'
  | 'expression'
  | 'dollar'
  | 'variable'
  | 'equal-halves'
  | 'quotes'
  | 'inner-white-space'
  | 'line-break'
  | 'surrounding-white-space'
  | 'length'

/** Something in credentials that is no credential. */
export interface OtherCredentials {
  readonly field: 'username' | 'password' | 'token'
  readonly from: CredentialsFrom
}

/** What the words for a shape need to know of the value. */
export interface Shaped {
  readonly host: string
  /** The pair stands in `composer-auth`. */
  readonly inComposerAuth: boolean
  /** They are not the keys of this step, but what Composer sends to this or another host; counts only where that is refused. */
  readonly other: OtherCredentials | undefined
  /** Characters. */
  readonly length: number
  /** White space and invisible characters around or inside, by name. */
  readonly characters: readonly string[]
}

type Steps = readonly string[]

interface ShapeWords {
  /** A sentence that never repeats the value. */
  readonly what: (name: string, finding: Shaped) => string
  readonly why?: string
  /** A function where other keys are needed. */
  readonly fix: Steps | ((finding: Shaped) => Steps)
  /** A step changes the workflow, besides the secrets. */
  readonly inWorkflow?: true
}

/** The step where what came is what the workflow itself has in the place of a secret. */
export const ONE_DOLLAR = 'In the workflow, write `${{ secrets.NAME }}`, with one dollar sign and both pairs of braces.'

const FOR_DOWNLOADS =
  'If downloads are all that you want, pass MAGEID and token to the inputs `mage-id` and `download-token`.'

/** How to copy the right pair once more. */
function copyAgain(finding: Shaped): Steps {
  const { host, inComposerAuth } = finding
  if (!isAdobe(host)) return anotherPair(finding)
  const there = inComposerAuth ? `them in the entry for ${host}` : 'each in its secret'
  return [`Copy both halves of the pair from ${ACCESS_KEYS} again, and save ${there}.`]
}

function anotherPair({ host, inComposerAuth }: Shaped): Steps {
  return newKeys(host, inComposerAuth)
}

/** Of what is for downloads. */
function instead(finding: Shaped): Steps {
  const [get = '', ...rest] = anotherPair(finding)
  return [FOR_DOWNLOADS, `Otherwise ${lowered(get)}`, ...rest]
}

/** The words for each shape. */
export const SHAPES: Readonly<Record<KeyShape, ShapeWords>> = {
  email: {
    what: (name, { host }) =>
      isAdobe(host)
        ? `${name} holds an e-mail address, but ${host} takes access keys.`
        : `${name} holds an e-mail address, which is seldom the user name of a Composer repository.`,
    fix: anotherPair,
  },
  'mage-id': {
    what: (name, { host }) =>
      `${name} holds a MAGEID, but ${host} takes access keys. A MAGEID is for downloads of archives and patches.`,
    fix: instead,
    inWorkflow: true,
  },
  'download-token': {
    what: (name, { host }) =>
      `${name} looks like a downloads access token (40 hexadecimal characters), but ${host} takes access keys.`,
    fix: instead,
    inWorkflow: true,
  },
  json: {
    what: (name) => `${name} holds a JSON document, but takes a single key.`,
    fix: [
      'Pass the whole document to the input `composer-auth`, and leave out `public-key` and `private-key`.',
      'Or save its `username` (the public key) and `password` (the private key) each in its own secret.',
    ],
  },
  pem: {
    what: (name) =>
      `${name} holds a key in PEM form, as SSH and TLS use. A private key of Commerce Marketplace is 32 characters on one line.`,
    fix: anotherPair,
  },
  url: {
    what: (name) => `${name} holds a URL, but takes a single key.`,
    fix: copyAgain,
  },
  pair: {
    what: (name, { other }) => `${name} holds two ${other === undefined ? 'keys' : 'values'} joined by a colon.`,
    fix: [
      'Save what is before the colon in the secret for `public-key`, and what follows it in the one for `private-key`.',
    ],
  },
  labelled: {
    what: (name) => `${name} holds a label in front of the key, such as “key:”.`,
    fix: ['Save the secret again with only the key, without a label or quotation marks.'],
  },
  placeholder: {
    what: (name, { other }) =>
      `${name} holds a placeholder from an example instead of a ${other === undefined ? 'key' : 'credential'}.`,
    fix: copyAgain,
  },
  masked: {
    what: (name) => `${name} holds dots, asterisks or the like: it was copied from a page or log that hides the key.`,
    fix: copyAgain,
  },
  expression: {
    what: (name) => `${name} holds the text of an expression that GitHub did not evaluate.`,
    why: 'GitHub evaluates `${{ … }}` in workflow files only, never inside a secret.',
    fix: [ONE_DOLLAR, 'If the secret itself holds such an expression, save the key there.'],
  },
  dollar: {
    what: (name) => `${name} begins with a dollar sign, as \`$\${{ secrets.NAME }}\` leaves one in front of the value.`,
    fix: [ONE_DOLLAR],
  },
  variable: {
    what: (name) =>
      `${name} holds the name of a shell variable instead of its value: no shell reads the inputs of a step.`,
    fix: [
      'In the workflow, write `${{ secrets.NAME }}`, or `${{ env.NAME }}`.',
      'If the secret itself holds the name, save the key there.',
    ],
  },
  'equal-halves': {
    what: (name) => `${name} hold the same value, but a pair has two different halves.`,
    fix: (finding) => {
      const [copy = '', ...rest] = copyAgain(finding)
      return ['Check that the two are taken from two different secrets.', `If they are, ${lowered(copy)}`, ...rest]
    },
    inWorkflow: true,
  },
  quotes: {
    what: (name) => `${name} begins or ends with a quotation mark, which Composer sends as part of the key.`,
    fix: ['Save the secret again without the quotation marks.'],
  },
  'inner-white-space': {
    what: (name, { characters }) => `${name} has ${enumeration(characters)} inside, and a key has no such character.`,
    fix: copyAgain,
  },
  'line-break': {
    what: (name) => `${name} has a line break inside, and no credential has one.`,
    fix: copyAgain,
  },
  'surrounding-white-space': {
    what: (name, { characters }) =>
      `${capitalised(enumeration(characters))} before or after ${name} ${characters.length === 1 ? 'was' : 'were'} removed before use.`,
    why: 'Other tools that read the same secret may not do so.',
    fix: ['Save the secret again without it: `gh secret set NAME` asks for the value and adds nothing.'],
  },
  length: {
    what: (name, { length }) =>
      `${name} has ${length} ${length === 1 ? 'character' : 'characters'} instead of 32. ${lengthCause(length)}`,
    fix: copyAgain,
  },
}

/** What usually makes a key of 32 characters this long. */
function lengthCause(length: number): string {
  if (length > 27 && length < 32) return 'A part of it was probably lost when it was copied.'
  if (length === 36) return 'A UUID, which is another kind of id, has 36.'
  if (length > 32 && length < 37) return 'Something before or after it was probably copied too.'
  if (length === 64 || length === 65) return 'Two keys were saved in one secret, or one key twice.'
  return 'This is something else, such as a key of another service.'
}
