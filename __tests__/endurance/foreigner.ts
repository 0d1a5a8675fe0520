import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { isDeepStrictEqual } from 'node:util'

/** What an auth.json holds, by section and host. */
export type Entries = ReadonlyMap<string, unknown>

/** The name of an entry in `Entries`. */
export const pathOf = (section: string, host?: string) =>
  JSON.stringify(host === undefined ? [section] : [section, host])

/** An auth.json's entries, as JSON has them; sections without any count for nothing. */
export function entriesIn(text: string): Map<string, unknown> {
  const file: unknown = JSON.parse(text)
  return new Map(
    Object.entries(file ?? {}).flatMap(([section, value]): [string, unknown][] =>
      section === 'gitlab-domains'
        ? [[pathOf(section), value]]
        : Object.entries(value ?? {}).map(([host, entry]) => [pathOf(section, host), entry]),
    ),
  )
}

/** The entries of the file at a path; none where there is none. */
export function entriesAt(path: string): Map<string, unknown> {
  return existsSync(path) ? entriesIn(readFileSync(path, 'utf8')) : new Map()
}

/** Whoever else writes to an auth.json, and what must stand there of theirs. */
export class Foreigner {
  readonly path: string
  #entries: Map<string, unknown>

  constructor(path: string, initially: string | undefined) {
    this.path = path
    this.#entries = initially === undefined ? new Map() : entriesIn(initially)
    if (initially !== undefined) this.#write(initially)
  }

  /** What of theirs must be there when nobody else has anything there. */
  get entries(): Entries {
    return this.#entries
  }

  /** As setup-php does: the file is theirs alone from now on. */
  overwrite(text: string): void {
    this.#write(text)
    this.#entries = entriesIn(text)
  }

  /** As `composer config` does: the file as it stands, with one entry more or another one. */
  set(section: string, host: string, value: unknown): void {
    const file = existsSync(this.path) ? JSON.parse(readFileSync(this.path, 'utf8')) : {}
    const object = Array.isArray(file) ? {} : file
    const entries = Array.isArray(object[section]) ? {} : (object[section] ?? {})
    this.#write(`${JSON.stringify({ ...object, [section]: { ...entries, [host]: value } }, null, 4)}\n`)
    this.#entries.set(pathOf(section, host), value)
  }

  remove(): void {
    rmSync(this.path, { force: true })
    this.#entries = new Map()
  }

  /** Those of their entries that are not as they left them, besides some that others may cover. */
  missing(covered: ReadonlySet<string>): string[] {
    const found = entriesAt(this.path)
    return [...this.#entries].flatMap(([path, value]) =>
      covered.has(path) || isDeepStrictEqual(found.get(path), value) ? [] : [path],
    )
  }

  #write(text: string): void {
    mkdirSync(dirname(this.path), { recursive: true })
    writeFileSync(this.path, text, { mode: 0o644 })
  }
}
