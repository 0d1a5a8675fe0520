import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Repository } from '../../testing/repository.mjs'
import { startRepository } from '../../testing/repository.mjs'
import { composer, createWorkspace, type Run, writeJson } from './composer.js'

interface Keys {
  publicKey: string
  privateKey: string
}

/** A folder with a project, a Composer that knows nothing yet, and the repositories that it talks to. */
export interface Shop {
  start: typeof startRepository
  /** auth.json: each repository with the keys that Composer has for it. */
  useKeys(...known: [Repository, Keys][]): Promise<void>
  manifest(manifest: unknown): Promise<void>
  lock(text: string): Promise<void>
  /** composer.lock as Composer left it. */
  locked(): Promise<string>
  lockedVersions(): Promise<string[]>
  run(...args: string[]): Promise<Run>
  /** Runs with a cache in which nothing was ever downloaded, and forgets the requests before. */
  runElsewhere(...args: string[]): Promise<Run>
  remove(): Promise<void>
}

export async function createShop(): Promise<Shop> {
  const workspace = await createWorkspace()
  const folder = join(workspace.root, 'shop')
  const started: Repository[] = []
  let machines = 0
  await mkdir(folder)
  await writeJson(join(workspace.home, 'config.json'), { config: { 'secure-http': false } })
  const run = (...args: string[]) => composer(args, { cwd: folder, env: workspace.env })
  const locked = () => readFile(join(folder, 'composer.lock'), 'utf8')
  return {
    async start(options) {
      const repository = await startRepository(options)
      started.push(repository)
      return repository
    },
    useKeys: (...known) =>
      writeJson(join(workspace.home, 'auth.json'), {
        'http-basic': Object.fromEntries(
          known.map(([{ origin }, { publicKey, privateKey }]) => [
            origin,
            { username: publicKey, password: privateKey },
          ]),
        ),
      }),
    manifest: (manifest) => writeJson(join(folder, 'composer.json'), manifest),
    lock: (text) => writeFile(join(folder, 'composer.lock'), text),
    locked,
    async lockedVersions() {
      const { packages } = JSON.parse(await locked()) as { packages: { name: string; version: string }[] }
      return packages.map(({ name, version }) => `${name} ${version}`)
    },
    run,
    runElsewhere(...args) {
      workspace.env.COMPOSER_CACHE_DIR = join(workspace.root, `cache-${++machines}`)
      for (const repository of started) repository.requests.length = 0
      return run(...args)
    },
    async remove() {
      await Promise.all(started.map((repository) => repository.close()))
      await workspace.remove()
    },
  }
}

/** What was asked and answered, e.g. `/packages.json 200`. */
export const asked = ({ requests }: Repository) =>
  requests.map(({ path, status }) => `${path.replace('%24', '$')} ${status}`)
