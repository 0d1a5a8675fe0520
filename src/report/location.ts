import { isAbsolute, relative, sep } from 'node:path'
import type { AnnotationProperties } from '@actions/core'
import type { Facts } from '../problems/problem.js'

/**
 * Where a finding stands, if that is a file of the workspace: GitHub shows no annotation on a file outside. The path is
 * relative to the workspace, with slashes on Windows too.
 */
export function location(
  { place }: Pick<Facts, 'place'>,
  env: NodeJS.ProcessEnv,
): Pick<AnnotationProperties, 'file' | 'startLine' | 'startColumn'> {
  const workspace = env.GITHUB_WORKSPACE
  const { path, position } = place ?? {}
  // Where no folder is known, the path is a mere name.
  if (path === undefined || !isAbsolute(path) || workspace === undefined) return {}
  const inside = relative(workspace, path).split(sep).join('/')
  if (inside === '' || inside === '..' || inside.startsWith('../') || isAbsolute(inside)) return {}
  return {
    file: inside,
    ...(position === undefined ? {} : { startLine: position.line, startColumn: position.column }),
  }
}
