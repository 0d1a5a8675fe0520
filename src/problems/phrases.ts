/** Sentences that more than one problem needs. */

/** Adobe's current page; the one in the server's own warning is stale. */
export const ACCESS_KEYS_PAGE =
  'https://experienceleague.adobe.com/en/docs/commerce-operations/installation-guide/prerequisites/authentication-keys'

export const KEY_OWNER =
  'The owner of the Marketplace account that the keys belong to, and whoever may edit the secrets of this repository.'

export const WORKFLOW_AUTHOR = 'Whoever may edit this workflow and the secrets of this repository.'

export const NETWORK_TEAM = 'The team that runs this runner’s network.'

export const OUTAGE =
  'If they worked yesterday and nobody touched them, do not make new ones yet: an outage of the repository has looked exactly like rejected keys before.'

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
