import type { AnnotationProperties } from '@actions/core'
import type { Facts } from '../problems/problem.js'
import { insideWorkspace } from '../problems/shown-path.js'

/**
 * Where a finding stands, if that is a file of the workspace: GitHub shows no annotation on a file outside. The path is
 * relative to the workspace.
 */
export function location(
  { place }: Pick<Facts, 'place'>,
  env: NodeJS.ProcessEnv,
): Pick<AnnotationProperties, 'file' | 'startLine' | 'startColumn'> {
  const { path, position } = place ?? {}
  const file = path === undefined ? undefined : insideWorkspace(path, env.GITHUB_WORKSPACE)
  if (file === undefined) return {}
  return {
    file,
    ...(position === undefined ? {} : { startLine: position.line, startColumn: position.column }),
  }
}
