import { whoEdits } from './people.js'
import { namesOf, updateOf } from './phrases.js'
import { type Facts, never, type ProblemEntry } from './problem.js'

/** A URL over http, which Composer refuses while `secure-http` is on. */
export interface InsecureUrl extends Facts {
  readonly code: 'insecure-url'
  readonly host: string
  readonly url: string
  readonly what: 'repository' | 'archive'
  /** What names an archive. */
  readonly named?: 'lock' | 'metadata'
  readonly schemeless: boolean
  /** The coming command will open it. */
  readonly needed: boolean
}

export const insecureUrl: ProblemEntry<InsecureUrl> = {
  title: 'A URL is not https, which Composer refuses',
  atMost: 'error',
  severity: ({ needed }) => (needed ? 'error' : 'warning'),
  byCredentials: never,
  explain: (finding) => ({
    cause: `${insecure(finding)}, and Composer refuses http while \`secure-http\` is on.`,
    fix: stepsFor(finding),
    who: whoFor(finding),
    composerSays: `Your configuration does not allow connections to ${finding.schemeless ? `http://${finding.url}` : finding.url}. See https://getcomposer.org/doc/06-config.md#secure-http for details.`,
  }),
}

function stepsFor({ what, named, schemeless, packages, host }: InsecureUrl): string[] {
  if (what === 'repository') {
    return [
      schemeless
        ? 'Write `https://` in front of the host in composer.json.'
        : 'Replace `http://` with `https://` in composer.json.',
      'If there is a composer.lock, run `composer update --lock`.',
      `If ${host} does not serve https, ask whoever runs it.`,
    ]
  }
  return named === 'metadata'
    ? [
        'If the address is in composer.json itself, write `https://` there.',
        'Otherwise ask whoever runs the repository to give its archives `https://` addresses.',
      ]
    : [
        `Name the repository with \`https://\` in composer.json, and run ${updateOf(packages)}.`,
        `If the new composer.lock still has http, ask whoever runs ${host} to serve it over https.`,
      ]
}

function whoFor({ what, named, host }: InsecureUrl): string {
  if (what === 'repository') return `${whoEdits('composer.json')}; for https there, whoever runs ${host}.`
  const editor = whoEdits('composer.json')
  return named === 'metadata'
    ? `${editor}; otherwise, whoever runs the repository.`
    : `${editor}; if the lock stays as it is, whoever runs ${host}.`
}

function insecure({ what, named, schemeless, url, packages }: InsecureUrl): string {
  if (what === 'archive' && named === 'metadata') {
    return `The repository of ${namesOf(packages)} gives an archive over http`
  }
  if (what === 'archive') return `composer.lock downloads ${namesOf(packages)} over http`
  return schemeless
    ? `The repository ${url} has no scheme, which Composer reads as http`
    : `The repository ${url} uses http`
}
