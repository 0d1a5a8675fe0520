import { spawn } from 'node:child_process'
import { mkdirSync, writeFileSync } from 'node:fs'
import { mkdir, mkdtemp, realpath, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { delimiter, join, resolve } from 'node:path'

export interface Run {
  /** null if a signal ended it. */
  exitCode: number | null
  /** stdout and stderr as they came, in lines as long as their text. */
  output: string
}

export interface Workspace {
  root: string
  /** COMPOSER_HOME: config.json and auth.json belong here. */
  home: string
  /** What keeps Composer inside `root`, for `composer(…, { env })`. */
  env: Record<string, string>
  remove(): Promise<void>
}

/**
 * Lets PHP keep what it compiled: Composer is hundreds of files, and to compile them is most of what a short run takes.
 * An empty entry stands for the folders that PHP was built with.
 */
const PHP_INI_SCAN_DIR = (() => {
  const cache = resolve('node_modules', '.cache', 'php')
  mkdirSync(join(cache, 'compiled'), { recursive: true })
  const settings = { enable_cli: '1', file_cache: `"${join(cache, 'compiled')}"`, file_cache_only: '1' }
  const lines = Object.entries(settings).map(([name, value]) => `opcache.${name} = ${value}\n`)
  writeFileSync(join(cache, 'opcache.ini'), lines.join(''))
  return [process.env.PHP_INI_SCAN_DIR ?? '', cache].join(delimiter)
})()

/**
 * The caller's environment without what would steer Composer: its own variables, those of proxies, and
 * GITHUB_ACTIONS, with which Composer repeats its errors as annotations (Composer's GithubActionError.php).
 */
function neutralEnvironment(): NodeJS.ProcessEnv {
  const steering = /^(COMPOSER(_.*)?|.*_proxy|GITHUB_ACTIONS)$/i
  return Object.fromEntries(Object.entries(process.env).filter(([name]) => !steering.test(name)))
}

/**
 * Runs the installed Composer, without waiting for it synchronously: the repository it talks to may live in this very
 * process. No interaction, no colours, and wide lines, because Composer breaks URLs in its error boxes otherwise.
 */
export function composer(
  args: string[],
  { cwd, env = {} }: { cwd: string; env?: Record<string, string> },
): Promise<Run> {
  // On Windows "composer" is a batch file, which only a shell starts.
  const shell = process.platform === 'win32'
  return new Promise((resolve, reject) => {
    const child = spawn('composer', shell ? args.map((arg) => `"${arg}"`) : args, {
      cwd,
      shell,
      stdio: ['ignore', 'pipe', 'pipe'],
      env: {
        ...neutralEnvironment(),
        COMPOSER_ALLOW_SUPERUSER: '1',
        COMPOSER_NO_INTERACTION: '1',
        NO_COLOR: '1',
        COLUMNS: '1000',
        PHP_INI_SCAN_DIR,
        ...env,
      },
    })
    let output = ''
    const collect = (chunk: Buffer) => {
      output += chunk.toString()
    }
    child.stdout.on('data', collect)
    child.stderr.on('data', collect)
    child.once('error', reject)
    child.once('close', (exitCode) => resolve({ exitCode, output }))
  })
}

/**
 * The version of the installed Composer. Without one, null and a loud warning, so that tests can be skipped; on CI,
 * where a skipped proof would go unnoticed, it throws.
 */
export async function realComposer(): Promise<string | null> {
  const workspace = await createWorkspace()
  try {
    const { output } = await composer(['--version', '--no-ansi'], { cwd: workspace.root, env: workspace.env })
    const [, version] = /^Composer (?:version )?(\d\S*)/m.exec(output) ?? []
    if (version !== undefined) return version
    return missing(`"composer --version" printed: ${output}`)
  } catch (error) {
    return missing(error instanceof Error ? error.message : String(error))
  } finally {
    await workspace.remove()
  }
}

function missing(reason: string): null {
  if (process.env.CI) throw new Error(`These tests need Composer on PATH (${reason})`)
  process.stderr.write(`\n*** COMPOSER IS MISSING: the tests with the real Composer DID NOT RUN (${reason}) ***\n\n`)
  return null
}

/** A temporary folder with a home and cache for Composer that nothing else touches. */
export async function createWorkspace(): Promise<Workspace> {
  // Resolved, because macOS has its temporary folder behind a link and Composer prints real paths.
  const root = await realpath(await mkdtemp(join(tmpdir(), 'magento-composer-auth-')))
  const home = join(root, 'home')
  await mkdir(home)
  return {
    root,
    home,
    env: { HOME: home, COMPOSER_HOME: home, COMPOSER_CACHE_DIR: join(root, 'cache') },
    remove: () => rm(root, { recursive: true, force: true, maxRetries: 3 }),
  }
}

export function writeJson(path: string, value: unknown): Promise<void> {
  return writeFile(path, `${JSON.stringify(value, null, 4)}\n`, { mode: 0o600 })
}
