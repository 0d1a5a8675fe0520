import { readBounded } from '../bounds/bounded-file.js'
import { entriesOf, readAuthJson } from '../composer/auth-json.js'
import { LARGEST_AUTH_FILE, projectAuthPath } from '../composer/config.js'
import type { Environment } from '../composer/environment.js'
import type { Finding } from '../problems/finding.js'
import { NO_SERVER } from '../problems/problem.js'
import { secretsOf } from '../text/secret-forms.js'
import { exposureToGit } from './exposure.js'
import { realPath } from './places.js'

/** Files that hold credentials and that git would take along: those written, and one that the project had already. */
export async function exposures(files: readonly string[], environment: Environment): Promise<Finding[]> {
  const ours = new Set(files.map(realPath))
  const all = [...new Set([...ours, realPath(projectAuthPath(environment))])]
  const found = await Promise.all(
    all.map(async (path): Promise<Finding[]> => {
      const written = ours.has(path)
      if (!written && holdsNone(path)) return []
      const exposure = await exposureToGit(path, environment)
      if (exposure === undefined) return []
      return [
        {
          ...NO_SERVER,
          code: 'auth-file-exposed',
          place: { path, position: undefined },
          written,
          ...exposure,
        },
      ]
    }),
  )
  return found.flat()
}

/** Whether a file is an auth.json without a single secret, as Composer and templates of projects leave one behind. */
function holdsNone(path: string): boolean {
  const file = readBounded(path, LARGEST_AUTH_FILE)
  const read = file.kind === 'bytes' ? readAuthJson(file.bytes) : undefined
  return read?.kind === 'auth-json' && entriesOf(read).flatMap(secretsOf).join('') === ''
}
