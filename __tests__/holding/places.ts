import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import type { Job } from '../action/run-action.js'

export interface Pair {
  readonly username: string
  readonly password: string
}

/** The places that credentials can stand in, in no order. */
export const PLACES = [
  'home config.json',
  'home auth.json',
  'home auth.json, bearer',
  'COMPOSER_AUTH',
  'COMPOSER_AUTH, bearer',
  'composer.json',
  'composer.json, bearer',
  'project auth.json',
  'project auth.json, bearer',
  'URL',
] as const
export type PlaceName = (typeof PLACES)[number]

/** Whose credentials stand where. */
export type Standing = Partial<Record<PlaceName, Pair>>

/** A project that needs one package of one repository, with credentials in some places; returns its variables. */
export function project(
  job: Job,
  { url, origin }: { url: string; origin: string },
  standing: Standing,
  require: Readonly<Record<string, string>>,
): Record<string, string> {
  const section = (place: string) => ({
    ...sectionOf('http-basic', origin, standing[place as PlaceName]),
    ...sectionOf('bearer', origin, standing[`${place}, bearer` as PlaceName]),
  })
  const inUrl = standing.URL
  const written = inUrl === undefined ? url : url.replace('://', `://${inUrl.username}:${inUrl.password}@`)
  const manifest = {
    name: 'acme/shop',
    require,
    repositories: [{ type: 'composer', url: written }, { 'packagist.org': false }],
    config: { 'secure-http': false, ...section('composer.json') },
  }
  write(join(job.workspace, 'composer.json'), manifest)
  if (Object.keys(section('project auth.json')).length > 0)
    write(join(job.workspace, 'auth.json'), section('project auth.json'))
  const home = dirname(job.authFile)
  if (Object.keys(section('home config.json')).length > 0)
    write(join(home, 'config.json'), { config: section('home config.json') })
  if (Object.keys(section('home auth.json')).length > 0) write(job.authFile, section('home auth.json'))
  const variable = section('COMPOSER_AUTH')
  return {
    COMPOSER_CACHE_DIR: join(job.root, 'cache'),
    ...(Object.keys(variable).length === 0 ? {} : { COMPOSER_AUTH: JSON.stringify(variable) }),
  }
}

function sectionOf(name: 'http-basic' | 'bearer', origin: string, pair: Pair | undefined) {
  if (pair === undefined) return {}
  return { [name]: { [origin]: name === 'bearer' ? pair.password : pair } }
}

export function write(path: string, value: unknown): void {
  mkdirSync(dirname(path), { recursive: true })
  writeFileSync(path, JSON.stringify(value, null, 4), { mode: 0o600 })
}

/** Every two of some items. */
export function pairsOf<Item>(items: readonly Item[]): [Item, Item][] {
  return items.flatMap((first, index) => items.slice(index + 1).map((second): [Item, Item] => [first, second]))
}
