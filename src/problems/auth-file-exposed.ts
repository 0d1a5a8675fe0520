import { withNewKeys } from './phrases.js'
import { type Facts, never, type Place, type ProblemEntry } from './problem.js'
import { forShell, shownPath } from './shown-path.js'

const EDITOR = 'Anyone who can edit this repository.'

/** A file with credentials that git has, or would commit. */
export interface AuthFileExposed extends Facts {
  readonly code: 'auth-file-exposed'
  readonly place: Place
  /** git has the file already; else it does not ignore it. */
  readonly tracked: boolean
  /** The step's own credentials are in it. */
  readonly written: boolean
  /** What .gitignore at the root of the work tree must say; undefined where the root is not known. */
  readonly ignoreLine: string | undefined
}

export const authFileExposed: ProblemEntry<AuthFileExposed> = {
  title: 'git could commit credentials',
  atMost: 'warning',
  severity: () => 'warning',
  byCredentials: never,
  explain({ place, tracked, written, ignoreLine }, site) {
    const path = shownPath(place.path, site)
    const command = forShell(path) === undefined ? '`git rm --cached` on it' : `\`git rm --cached ${path}\``
    const holds = written ? 'holds this step’s credentials' : 'holds credentials'
    const ignore = `Add ${ignoreLine === undefined ? 'the file' : `\`${ignoreLine}\``} to .gitignore.`
    return {
      ...(tracked ? { title: 'git tracks a file with credentials' } : {}),
      cause: tracked
        ? `${path} ${holds} and is tracked by git, which keeps it with every commit.`
        : `${path} ${holds}, lies in a git work tree, and is not ignored: a step that commits or uploads the work tree would include it.`,
      fix: [
        ...(tracked
          ? [`Run ${command}, then commit. If it ever held real keys there, they are exposed: create new ones.`]
          : []),
        ignore,
        ...(written ? ['Or set `auth-location: global`, which is outside the work tree.'] : []),
      ],
      who: tracked ? withNewKeys(EDITOR) : EDITOR,
      composerSays: undefined,
    }
  },
}
