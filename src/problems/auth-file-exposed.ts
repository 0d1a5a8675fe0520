import { type Facts, never, type Place, type ProblemEntry } from './problem.js'

/** A file with credentials that git has, or would take along. */
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
  explain({ place: { path }, tracked, written, ignoreLine }) {
    const holds = written ? 'holds this step’s credentials' : 'holds credentials'
    const ignore = `Add ${ignoreLine === undefined ? 'the file' : `\`${ignoreLine}\``} to .gitignore.`
    return {
      ...(tracked ? { title: 'git tracks a file with credentials' } : {}),
      cause: tracked
        ? `${path} ${holds} and is tracked by git: the next commit takes it along.`
        : `${path} ${holds}, lies in a git work tree, and is not ignored: a step that commits or uploads the work tree takes it along.`,
      fix: [
        ...(tracked
          ? [
              `Remove it from version control (\`git rm --cached\`). If it ever held real keys there, they are known: create new ones.`,
            ]
          : []),
        ignore,
        ...(written ? ['Or leave `auth-location` at `global`, which is outside the work tree.'] : []),
      ],
      who: 'Anyone who can edit this repository.',
      composerSays: undefined,
    }
  },
}
