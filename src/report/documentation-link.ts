/**
 * Where a problem code is documented, in the very version of this action that is running. Under a local `uses: ./` the
 * runner names no repository, and the path within the action's own repository has to do.
 */
export function documentationLink(code: string, env: Readonly<Record<string, string | undefined>>): string {
  const repository = env.GITHUB_ACTION_REPOSITORY ?? ''
  const ref = env.GITHUB_ACTION_REF ?? ''
  const path = `docs/problems.md#${code}`
  if (!/^[\w.-]+\/[\w.-]+$/.test(repository) || !/^[\w./-]+$/.test(ref)) return path
  return `https://github.com/${repository}/blob/${ref}/${path}`
}
