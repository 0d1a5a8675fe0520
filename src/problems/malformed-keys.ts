import type { CatalogueEntry, FindingOf, KeyShape } from './finding.js'
import { takenFrom } from './missing-keys.js'
import { enumeration, isAdobe, keyOwner, newKeys, pasteAgain, WORKFLOW_AUTHOR } from './phrases.js'

export const keysMalformed: CatalogueEntry<'keys-malformed'> = {
  title: 'A Commerce Marketplace key does not look like one',
  atMost: 'error',
  explain(finding) {
    const { shape, host, source } = finding
    const name = nameOf(finding)
    const { what, why, fix } = SHAPES[shape]
    return {
      what: [
        shape === 'surrounding-white-space' ? cutOff(finding, name) : `${name} ${spoken(what, finding)}.`,
        ...takenFrom(source?.inputs ?? []),
      ].join(' '),
      composerSays: undefined,
      why: spoken(why, finding),
      fix: typeof fix === 'function' ? fix(host) : fix,
      // Whoever needs no other key needs no account either.
      who: typeof fix === 'function' ? keyOwner(host) : WORKFLOW_AUTHOR,
    }
  },
}

function nameOf({ input, inComposerAuth, host }: FindingOf<'keys-malformed'>): string {
  if (!inComposerAuth) return input === 'both' ? '`public-key` and `private-key`' : `\`${input}\``
  const half = { both: 'User name and password', 'public-key': 'The user name', 'private-key': 'The password' }[input]
  return `${half} for ${host} in \`composer-auth\``
}

function cutOff({ characters }: FindingOf<'keys-malformed'>, name: string): string {
  const list = enumeration(characters)
  return `${list.charAt(0).toUpperCase()}${list.slice(1)} around ${name} ${characters.length === 1 ? 'was' : 'were'} cut off before use.`
}

type Text = string | ((finding: FindingOf<'keys-malformed'>) => string)

function spoken(text: Text, finding: FindingOf<'keys-malformed'>): string {
  return typeof text === 'string' ? text : text(finding)
}

type Steps = readonly string[]

const ONE_DOLLAR = 'Write `${{ secrets.NAME }}` with one dollar sign and both pairs of braces.'

/** What a shape means. `what` continues "`public-key` …"; none repeats the value. */
const SHAPES: Readonly<Record<KeyShape, { what: Text; why: Text; fix: Steps | ((host: string) => Steps) }>> = {
  email: {
    what: 'holds an e-mail address',
    why: ({ host }) =>
      isAdobe(host)
        ? 'repo.magento.com takes a pair of access keys; the e-mail address and password of the account have not been accepted there since 2015.'
        : 'A repository that sells packages usually takes access keys or a token instead of the e-mail address and password of the account.',
    fix: newKeys,
  },
  'mage-id': {
    what: 'holds a MAGEID',
    why: 'A MAGEID belongs to the downloads access token, which serves archives and patches. repo.magento.com takes a pair of access keys.',
    fix: newKeys,
  },
  'download-token': {
    what: 'holds 40 hexadecimal characters, as a downloads access token does',
    why: 'That token serves archives and patches. repo.magento.com takes a pair of access keys of 32 characters each.',
    fix: newKeys,
  },
  json: {
    what: 'holds a JSON document',
    why: 'This input takes one key, not an auth.json or the value of `COMPOSER_AUTH`.',
    fix: [
      'Hand the whole document to the input `composer-auth` instead, and leave `public-key` and `private-key` out.',
      'Or take `username` (the public key) and `password` (the private key) out of the document and save each in a secret of its own: GitHub masks a document only as a whole.',
    ],
  },
  pem: {
    what: 'holds a key in PEM form, as SSH and TLS use them',
    why: 'The private key of Commerce Marketplace is no cryptographic key: it is the password that belongs to the public key.',
    fix: newKeys,
  },
  url: {
    what: 'holds a URL',
    why: 'This input takes one key. Credentials inside a URL are its user name (the public key) and its password (the private key).',
    fix: pasteAgain,
  },
  pair: {
    what: 'holds two keys, joined by a colon',
    why: 'Public and private key go into an input each.',
    fix: [
      'Save what stands before the colon in the secret for `public-key`, and what follows it in the one for `private-key`.',
    ],
  },
  labelled: {
    what: 'begins with the name of a setting, followed by a value',
    why: 'The line of a file or of a page was saved as a whole, with the label in front of the key.',
    fix: ['Save the secret again with the key alone: without the label, the sign behind it, and quotation marks.'],
  },
  placeholder: {
    what: 'holds the placeholder of a sample',
    why: 'The sample was saved as it stands, without the key put in.',
    fix: pasteAgain,
  },
  masked: {
    what: 'holds signs that stand for hidden characters',
    why: 'It was copied from a page or a log that shows the key masked.',
    fix: pasteAgain,
  },
  expression: {
    what: 'holds the text of an expression that was not evaluated',
    why: 'GitHub evaluates `${{ … }}` in workflow files, and nothing inside the value of a secret or variable; without the dollar sign or the braces it is mere text.',
    fix: [ONE_DOLLAR, 'Save the key itself in the secret, not an expression.'],
  },
  dollar: {
    what: 'begins with a dollar sign, as an expression does that was not evaluated',
    why: 'That is the trace of `$${{ secrets.NAME }}`: the first dollar sign stays in front of the key.',
    fix: [ONE_DOLLAR],
  },
  variable: {
    what: 'holds the name of a shell variable instead of its value',
    why: 'No shell reads the inputs of a step, so nothing replaces the name.',
    fix: [
      'Write `${{ secrets.NAME }}`, or `${{ env.NAME }}` for a variable of the workflow.',
      'If the secret itself holds the name, save the key there.',
    ],
  },
  'equal-halves': {
    what: 'hold the same value',
    why: 'A pair has two different halves: one of them was saved twice, or both inputs name the same secret.',
    fix: pasteAgain,
  },
  quotes: {
    what: 'begins or ends with a quotation mark',
    why: 'GitHub keeps a secret exactly as it was entered, and Composer sends the quotation marks along.',
    fix: ['Save the secret again without the quotation marks.'],
  },
  'inner-white-space': {
    what: ({ characters }) => `has white space or an invisible character inside: ${enumeration(characters)}`,
    why: 'A key has none: a line break or a second value was pasted along, or a character that web pages and word processors add and do not show.',
    fix: pasteAgain,
  },
  'surrounding-white-space': {
    what: 'was surrounded by white space',
    why: 'Composer sends what it is given, white space included, and servers reject a key with it.',
    fix: [
      'Save the secret again without it, so that other tools can use it too; `gh secret set NAME` without a file asks for the value and adds nothing.',
    ],
  },
  length: {
    what: ({ length, host }) => `has ${length} ${length === 1 ? 'character' : 'characters'}; a key for ${host} has 32`,
    why: ({ length }) => lengthCause(length),
    fix: pasteAgain,
  },
}

/** What usually makes a key of 32 characters this long. */
function lengthCause(length: number): string {
  if (length > 27 && length < 32) return 'Its beginning or end was lost while copying.'
  if (length === 36) return 'That is the length of a UUID, which is another kind of id; or something was pasted along.'
  if (length > 32 && length < 37) return 'A character was pasted along before or after it.'
  if (length === 64 || length === 65) return 'Two keys were saved in one secret, or one key twice.'
  return length < 32
    ? 'This is something other than an access key, or a piece of one.'
    : 'This is something other than an access key, such as a token of another service, or more than the key was pasted.'
}
