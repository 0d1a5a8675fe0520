import type { CredentialSource } from '../composer/effective-credentials.js'
import { enumeration, SECRETS } from './phrases.js'
import type { KeySource } from './workflow-inputs.js'
import { takenFrom } from './workflow-inputs.js'

/** Where the credentials come from that were sent to a host. */
export type CredentialsFrom =
  | { readonly from: 'inputs'; readonly source: KeySource | undefined }
  | { readonly from: 'composer-auth' }
  /** None were sent. */
  | { readonly from: 'nowhere' }
  /** Somebody else's: a file, a variable or a URL that Composer reads. */
  | { readonly from: 'elsewhere'; readonly by: CredentialSource['by']; readonly name: string }

/** A sentence on where they come from. */
export function originOfCredentials(from: CredentialsFrom): string | undefined {
  switch (from.from) {
    case 'inputs':
      return takenFrom(from.source?.inputs ?? [])[0]
    case 'nowhere':
      return undefined
    case 'composer-auth':
      return 'They come from the input `composer-auth`.'
    case 'elsewhere':
      return `They come from ${placeOf(from)}.`
  }
}

/** Where to save the right ones. */
export function saveThem(from: CredentialsFrom): string {
  switch (from.from) {
    case 'inputs': {
      const secrets = from.source?.inputs.flatMap(({ takes }) =>
        takes.flatMap(({ context, name }) => (context === 'secrets' && name !== undefined ? [`\`${name}\``] : [])),
      )
      const names = [...new Set(secrets ?? [])]
      return names.length === 0
        ? `Save both halves in the secrets for \`public-key\` and \`private-key\` (${SECRETS}).`
        : `Save both halves in ${enumeration(names)} (${SECRETS}).`
    }
    case 'nowhere':
      return 'Add them to the input `composer-auth`.'
    case 'composer-auth':
      return 'Save them in the secret that `composer-auth` is filled from.'
    case 'elsewhere':
      return `Replace them in ${placeOf(from)}, or remove them there and pass the right ones to this action.`
  }
}

function placeOf({ by, name }: { readonly by: CredentialSource['by']; readonly name: string }): string {
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
