import { shownUrl } from '../composer/shown-url.js'

/** Sentences that more than one problem needs. */

/** Adobe's current page; the one in the server's own warning is stale. */
export const ACCESS_KEYS_PAGE =
  'https://experienceleague.adobe.com/en/docs/commerce-operations/installation-guide/prerequisites/authentication-keys'

/** Adobe's current list of causes for 403 and 404, and of who can remove each. */
export const ADOBE_ACCESS_PAGE = 'https://experienceleague.adobe.com/en/docs/experience-cloud-kcs/kbarticles/ka-25968'

/** Serves Magento Open Source to everybody, without keys. */
export const MIRROR = 'https://mirror.mage-os.org/'

/** Every page that our words lead to: nothing else in them becomes a link. */
export const PAGES: readonly string[] = [ACCESS_KEYS_PAGE, ADOBE_ACCESS_PAGE, MIRROR]

/** The one host whose keys come from Commerce Marketplace. */
const ADOBE_HOST = 'repo.magento.com'

export function isAdobe(host: string): boolean {
  return host === ADOBE_HOST
}

export const KEY_OWNER =
  'The owner of the Marketplace account that the keys belong to, and whoever may edit the secrets of this repository.'

export const WORKFLOW_AUTHOR = 'Whoever may edit this workflow and the secrets of this repository.'

export const PRIMARY_CONTACT =
  'The primary contact of the MAGEID (Adobe Commerce licence owner); then Adobe Commerce Support, which only the primary contact may ask.'

export const NETWORK_TEAM = 'The team that runs this runner’s network.'

export const OUTAGE =
  'If the keys worked yesterday and nobody touched them, do not make new ones yet: an outage of the repository has looked exactly like rejected keys before.'

export const PASTE_AGAIN: readonly string[] = [
  'Sign in to Commerce Marketplace, choose your name, then My Profile, then Access Keys in the Marketplace tab.',
  'Copy the public key into the secret for `public-key` and the private key of the same row into the one for `private-key`.',
  'If the pair is not listed, or is disabled, create or enable one.',
]

export const NEW_KEYS: readonly string[] = [
  'Sign in to Commerce Marketplace, choose your name, then My Profile, then Access Keys in the Marketplace tab.',
  'Choose “Create a New Access Key”, or enable an existing pair, and copy both halves.',
  'Save the public key in the secret for `public-key`, the private key in the one for `private-key`.',
]

/** How to get the right pair into the secrets again. */
export function pasteAgain(host: string): readonly string[] {
  return isAdobe(host) ? PASTE_AGAIN : fromWhoeverRuns(host)
}

/** How to get a pair where something else stands in the secrets. */
export function newKeys(host: string): readonly string[] {
  return isAdobe(host) ? NEW_KEYS : fromWhoeverRuns(host)
}

/** Who can change the keys for a host. */
export function keyOwner(host: string): string {
  return isAdobe(host)
    ? KEY_OWNER
    : `Whoever has the account at ${host}, and whoever may edit the credentials that this workflow uses for it.`
}

function fromWhoeverRuns(host: string): readonly string[] {
  return [
    `Get the credentials from whoever runs ${host}.`,
    'Save them where this workflow takes them from: the secrets for `public-key` (the user name) and `private-key` (the password) if they are the keys of this step, else its auth.json or `COMPOSER_AUTH`.',
  ]
}

/** As many characters of a file's name as a sentence bears. */
const LONGEST_NAME = 80

/** The name of the file at a URL: the last part of its path. */
export function fileNameOf(url: string): string {
  const path = url.replace(/[?#].*$/s, '')
  const name = path.slice(path.lastIndexOf('/') + 1).replace(/[^\x21-\x7E]/g, '?')
  if (name === '') return 'this URL'
  return name.length > LONGEST_NAME ? `${name.slice(0, LONGEST_NAME - 1)}…` : name
}

/** “a”, “a and b”, “a, b and c”. */
export function enumeration(items: readonly string[]): string {
  return items.length < 2 ? items.join('') : `${items.slice(0, -1).join(', ')} and ${items.at(-1)}`
}

/** The first ten hosts of some entries of auth.json, and how many more there are; each entry by its path there: a section and a host, or a setting. */
export function hostsOf(paths: readonly (readonly [string] | readonly [string, string])[]): string {
  return namesOf([
    ...new Set(paths.map(([section, origin]) => (origin === undefined ? `the setting ${section}` : shownUrl(origin)))),
  ])
}

/** A sentence, with the server's own words at its end where it has some. */
export function withServerText(sentence: string, serverText: string | undefined): string {
  if (serverText === undefined) return `${sentence}.`
  return `${sentence} and says: “${serverText}”${/[.!?…]$/.test(serverText) ? '' : '.'}`
}

/** Asks with keys that never stand on a command line, where other users of the machine and shell histories see them. */
export const ASK_WITH_KEYS = [
  'Type this in a terminal; the keys are read from the keyboard and reach curl through a pipe:',
  '',
  '```sh',
  'read -r PUBLIC; read -rs PRIVATE',
  'printf \'user = "%s:%s"\\n\' "$PUBLIC" "$PRIVATE" |',
  '  curl --config - --silent --show-error --include https://repo.magento.com/packages.json | head -c 600',
  '```',
].join('\n')

/** Asks without keys: fit for everything that fails before the keys matter. */
export const ASK_WITHOUT_KEYS = [
  'On the same runner; 401 is the good answer here, since no keys are sent:',
  '',
  '```sh',
  "curl --silent --show-error --output /dev/null --write-out '%{http_code} %{remote_ip}\\n' https://repo.magento.com/packages.json",
  '```',
].join('\n')

/** As many names as an annotation lists; the summary and the outputs have them all. */
const NAMED = 10

/** The first ten names, and how many more there are. */
export function namesOf(names: readonly string[]): string {
  const named = names.slice(0, NAMED)
  const more = names.length - named.length
  return more > 0 ? `${named.join(', ')} and ${more} more` : enumeration(named)
}

/** Composer's words for a root requirement that no repository has. Source: `DependencyResolver/Problem.php`. */
export function notFound(name: string | undefined): string {
  return `Root composer.json requires ${name}, it could not be found in any version, there may be a typo in the package name.`
}
