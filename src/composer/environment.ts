/** What Composer would read of the world around it; handed in, so that rules can be tested for every platform. */
export interface Environment {
  readonly env: Readonly<Record<string, string | undefined>>
  readonly platform: NodeJS.Platform
  /** The folder Composer will run in: relative paths in its settings start here. */
  readonly cwd: string
  /** PHP's `is_dir`: true for a folder, links followed. */
  isDirectory(path: string): boolean
}

/**
 * The value of a variable as PHP's `if ($value)` sees it: `''` and `'0'` count as not set.
 * Source of the rule: `Platform::getEnv` and its callers in Composer's `Factory.php`.
 */
export function truthy(value: string | undefined): string | undefined {
  return value === undefined || value === '' || value === '0' ? undefined : value
}

/**
 * Expands a leading `~/`, `$VAR` or `%VAR%` as Composer does in its path settings (`Platform::expandPath`).
 * An unset variable expands to nothing.
 */
export function expandPath(path: string, { env, platform }: Pick<Environment, 'env' | 'platform'>): string {
  const userDirectory = env.HOME ?? (platform === 'win32' ? env.USERPROFILE : undefined) ?? ''
  // `~\` is not expanded, on Windows neither.
  if (path.startsWith('~/')) return userDirectory + path.slice(1)
  const match = /^(?:\$(\w+)|%(\w+)%)(.*)$/s.exec(path)
  if (match === null) return path
  const name = match[1] ?? match[2] ?? ''
  const value = platform === 'win32' && name === 'HOME' ? (truthy(env.HOME) ?? env.USERPROFILE) : env[name]
  return (value ?? '') + (match[3] ?? '')
}
