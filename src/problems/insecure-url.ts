import { namesOf, PROJECT_EDITOR, updateOf } from './phrases.js'
import { type Facts, never, type ProblemEntry } from './problem.js'

/** A URL over http, which Composer refuses while `secure-http` is on. */
export interface InsecureUrl extends Facts {
  readonly code: 'insecure-url'
  readonly host: string
  readonly url: string
  readonly what: 'repository' | 'archive'
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
    fix:
      finding.what === 'repository'
        ? [
            finding.schemeless
              ? 'Write `https://` in front of the host in composer.json.'
              : 'Replace `http://` with `https://` in composer.json.',
            'If there is a composer.lock, run `composer update --lock`.',
          ]
        : [
            `Name the repository with \`https://\` in composer.json, and run ${updateOf(finding.packages)}.`,
            `If the new composer.lock still has http, ask whoever runs ${finding.host} to serve it over https.`,
          ],
    who:
      finding.what === 'repository'
        ? PROJECT_EDITOR
        : `${PROJECT_EDITOR.slice(0, -1)}; if the lock stays as it is, whoever runs ${finding.host}.`,
    composerSays: `Your configuration does not allow connections to ${finding.schemeless ? `http://${finding.url}` : finding.url}. See https://getcomposer.org/doc/06-config.md#secure-http for details.`,
  }),
}

function insecure({ what, schemeless, url, packages }: InsecureUrl): string {
  if (what === 'archive') return `composer.lock downloads ${namesOf(packages)} over http`
  return schemeless
    ? `The repository ${url} has no scheme, which Composer reads as http`
    : `The repository ${url} uses http`
}
