import { grouped } from '../collections/grouped.js'
import { type AuthJson, type AuthPath, valueAt, withValue } from './auth-json.js'
import { isJsonObject, type JsonValue } from './json.js'

/** What is to stand at a path of auth.json; nothing where there is no value. */
export interface AuthChange {
  readonly path: AuthPath
  readonly value?: JsonValue | undefined
}

/** Each edit reads the text anew; a section in which more changes than this is written out as a whole instead. */
const MOST_EDITS = 20

/** The file with several entries set or taken out, as by `withValue`. */
export function withValues(file: AuthJson, changes: readonly AuthChange[]): AuthJson {
  const bySection = grouped(changes, ({ path: [section] }) => section)
  return [...bySection].reduce(
    (edited, [section, inSection]) =>
      inSection.length > MOST_EDITS && inSection.every(({ path }) => path.length === 2)
        ? withValue(edited, [section], changedSection(edited, section, inSection))
        : inSection.reduce((each, { path, value }) => withValue(each, path, value), edited),
    file,
  )
}

function changedSection(file: AuthJson, section: string, changes: readonly AuthChange[]): JsonValue {
  const found = valueAt(file, [section])
  const members = new Map(Object.entries(isJsonObject(found) ? found : {}))
  for (const { path, value } of changes) {
    const [, origin = ''] = path
    if (value === undefined) members.delete(origin)
    else members.set(origin, value)
  }
  return Object.fromEntries(members)
}
