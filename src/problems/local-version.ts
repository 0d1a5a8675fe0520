import { whoEdits } from './people.js'
import { enumeration } from './phrases.js'
import type { Explanation } from './problem.js'

/** What the words need of a package that a repository of this machine has, in versions that will not do. */
interface InPlace {
  readonly packages: readonly [name: string]
  /** The `url` of a path repository. */
  readonly host: string
  readonly constraint: string
  readonly nearest: readonly string[]
  readonly unstable: boolean
}

/** Where it is. */
export type LocalRepository = 'folder' | 'inline'

/** Of a package in a folder, or in composer.json itself: no account makes a difference there. */
export function explainLocalVersion(
  { packages: [name], host, constraint, nearest, unstable }: InPlace,
  kind: LocalRepository,
): Pick<Explanation, 'title' | 'cause' | 'fix' | 'who' | 'background'> {
  const where = kind === 'folder' ? `The path repository ${host}` : 'A `package` repository of composer.json'
  const short = unstable ? 'is less stable than what is allowed' : `does not satisfy \`${constraint}\``
  const versions = areBranches(nearest) ? nearest.join(' or ') : enumeration(nearest)
  return {
    title: 'A local package has another version than the required one',
    cause: `${where} has ${name} as ${versions}, which ${short}.`,
    fix: kind === 'folder' ? inFolder(nearest) : ['Correct the constraint, or the `version` of the package.'],
    who: `${whoEdits('composer.json')}.`,
    ...(kind === 'folder'
      ? {
          background:
            'Where neither composer.json of a module nor `options.versions` names its version, Composer takes the git branch, or a tag; without git it is dev-main.',
        }
      : {}),
  }
}

/** Of branches no more than one may be there: see `GuessedVersions`. */
function areBranches(versions: readonly string[]): boolean {
  return versions.every((version) => /^dev-|-dev$/.test(version))
}

function inFolder(versions: readonly string[]): string[] {
  return [
    areBranches(versions)
      ? 'Require it as `@dev`, which takes any branch.'
      : `Correct the constraint, or take ${enumeration(versions)}.`,
    'Or give it a version that fits: `version` in its composer.json, or `options.versions` of the path repository.',
  ]
}
