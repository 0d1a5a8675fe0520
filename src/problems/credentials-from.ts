import type { CredentialSource } from '../composer/effective-credentials.js'
import type { Edited } from './people.js'
import { enumeration, SECRETS } from './phrases.js'
import type { JobSite, Place } from './problem.js'
import { shownPath } from './shown-path.js'
import { type KeySource, secretsIn, takenFrom } from './workflow-inputs.js'

/** Where the credentials come from that were sent to a host. */
export type CredentialsFrom =
  /** `source`: what the workflow's own file tells about those inputs, where it was asked. */
  | { readonly from: 'inputs' | 'composer-auth'; readonly source: KeySource | undefined }
  /** None were sent. */
  | { readonly from: 'nowhere' }
  /** Somebody else's: a file, a variable or a URL that Composer reads. */
  | {
      readonly from: 'elsewhere'
      readonly by: CredentialSource['by']
      readonly name: string
      readonly place: Place | undefined
    }

/** “the keys from auth.json”; without a place where the workflow hands them over. */
export function theirs(what: string, from: CredentialsFrom, site: JobSite): string {
  return from.from === 'elsewhere' ? `the ${what} from ${placeOf(from, site)}` : `these ${what}`
}

/** A sentence on where the workflow takes them from; empty where that is not known. */
export function handedOver(from: CredentialsFrom): string {
  if (from.from !== 'inputs' && from.from !== 'composer-auth') return ''
  const [taken] = takenFrom(from.source?.inputs ?? [])
  return taken ?? (from.from === 'composer-auth' ? 'They come from the input `composer-auth`.' : '')
}

/** Where to save the right ones for a host. */
export function saveThem(from: CredentialsFrom, host: string, site: JobSite): string {
  switch (from.from) {
    case 'inputs': {
      const names = namesOf(from.source)
      return names === undefined
        ? `Save both halves in the secrets for \`public-key\` and \`private-key\` (${SECRETS}).`
        : `Save both halves in ${names} (${SECRETS}).`
    }
    case 'composer-auth':
      return `Save them as \`username\` and \`password\` of ${host} in ${namesOf(from.source) ?? 'the secret that `composer-auth` is filled from'} (${SECRETS}).`
    case 'nowhere':
      return 'Add them to the input `composer-auth`.'
    case 'elsewhere':
      return `Replace them in ${placeOf(from, site)}, or remove them there and pass the right ones to this action.`
  }
}

/** What is edited by whoever does what `saveThem` says. */
export function savedIn(from: CredentialsFrom, site: JobSite): Edited[] {
  switch (from.from) {
    case 'inputs':
    case 'composer-auth':
      return ['secrets']
    case 'nowhere':
      return ['workflow', 'secrets']
    case 'elsewhere':
      return from.by === 'environment' ? ['workflow', 'secrets'] : [shownPath(from.name, site), 'workflow', 'secrets']
  }
}

/** The secrets that the workflow takes them from, where those have names. */
function namesOf(source: KeySource | undefined): string | undefined {
  const names = secretsIn(source).map((name) => `\`${name}\``)
  return names.length === 0 ? undefined : enumeration(names)
}

/** The place of somebody else’s credentials. */
export function heldIn(from: CredentialsFrom, site: JobSite): string {
  return from.from === 'elsewhere' ? placeOf(from, site) : 'the inputs'
}

function placeOf(
  { by, name: path }: { readonly by: CredentialSource['by']; readonly name: string },
  site: JobSite,
): string {
  const name = shownPath(path, site)
  switch (by) {
    case 'environment':
      return 'the variable `COMPOSER_AUTH`'
    case 'url':
      return `a repository’s URL in ${name}`
    case 'manifest':
      return `\`config\` in ${name}`
    case 'project-auth':
    case 'home-config':
    case 'home-auth':
      return name
  }
}
