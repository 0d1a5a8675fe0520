import type { AlreadyThere } from '../composer/already-there.js'
import { CLONING, type Cloned } from './at-server.js'
import { namesOf, updateOf } from './phrases.js'
import type { Explanation, Facts } from './problem.js'

/** The lock names an address without a host, and no such file is there. */
export interface WithoutHost extends Facts {
  readonly code: 'package-denied'
  readonly reason: 'relative-url'
  readonly url: string | undefined
  /** What would keep Composer from noticing. */
  readonly hiddenBy: AlreadyThere | undefined
  readonly cloned: Cloned
}

export function withoutHost({ packages, url, cloned }: WithoutHost): Explanation {
  const many = packages.length > 1
  const [addresses, theirs] = many ? ['addresses', 'their repository'] : ['an address', 'its repository']
  return {
    title: 'composer.lock names an address without a host',
    cause: `composer.lock gives ${namesOf(packages)} ${addresses} without a host${url === undefined ? '' : ` (${url})`}, and there is no such file.${cloned === 'no' ? '' : ` ${CLONING[cloned]}`}`,
    fix: [
      `Run ${updateOf(packages)} with a current Composer, and commit composer.lock.`,
      `If the new composer.lock names no host either, ask the vendor to have ${theirs} name full addresses.`,
    ],
    who: 'Anyone who can edit composer.lock; if that does not help, the vendor.',
    composerSays:
      url === undefined
        ? undefined
        : `The "${url}" file could not be downloaded: Failed to open stream: No such file or directory`,
    background:
      'The repository named its archives relative to itself when the lock was written, and Composer takes such an address for a file of this machine.',
  }
}
