import { isAbsolute, relative, sep } from 'node:path'
import type { JobSite } from './problem.js'

/** A path inside the workspace, relative to it and with slashes on Windows too; undefined for any other. */
export function insideWorkspace(path: string, workspace: string | undefined): string | undefined {
  // Where no folder is known, the path is a mere name.
  if (!isAbsolute(path) || workspace === undefined || workspace === '') return undefined
  const inside = relative(workspace, path).split(sep).join('/')
  const leadsOut = inside === '..' || inside.startsWith('../') || isAbsolute(inside)
  return inside === '' || leadsOut ? undefined : inside
}

/** A path as people know it: of a file of the workspace the part below that, of any other all of it. */
export function shownPath(path: string, { workspace }: JobSite): string {
  return insideWorkspace(path, workspace) ?? path
}

/** A path that can be pasted into a shell as it is; undefined for any other. */
export function forShell(path: string): string | undefined {
  return /^[\w/][\w./-]*$/.test(path) ? path : undefined
}
