import { isAbsolute } from 'node:path'
import type { InvalidAuthJson } from '../../composer/auth-json.js'
import type { ConfigSource } from '../../composer/config.js'
import { holdsIn } from '../../composer/installed/version-rules.js'
import type { AuthFileInvalid } from '../../problems/auth-file-invalid.js'
import type { Finding } from '../../problems/finding.js'
import { NO_SERVER } from '../../problems/problem.js'

/** Files and variables that Composer reads and does not accept, apart from those of which a finding speaks already. */
export async function invalidAuthFiles(
  sources: readonly ConfigSource[],
  known: readonly Finding[],
  version: () => Promise<string | undefined>,
): Promise<Finding[]> {
  const reported = known.flatMap((finding) => (finding.code === 'auth-file-invalid' ? [finding.source] : []))
  const findings: Finding[] = []
  for (const source of sources) {
    const { name, invalid } = source
    if (invalid === undefined || reported.includes(name)) continue
    const { reason } = invalid
    const stops = await stopsComposer(source, reason, version)
    findings.push(invalidAuthFile(name, invalid, { refused: false, stops }))
  }
  return findings
}

/** A file or variable that Composer does not accept. */
export function invalidAuthFile(
  source: string,
  { reason, section, position }: InvalidAuthJson,
  effect: Pick<AuthFileInvalid, 'refused' | 'stops'>,
): AuthFileInvalid {
  // A variable is no file.
  const place = isAbsolute(source) ? { path: source, position } : undefined
  return { ...NO_SERVER, code: 'auth-file-invalid', source, reason, section, position, ...effect, place }
}

/**
 * Whether Composer stops there. It passes over a bare value with a warning, and over a file that PHP cannot decode; of a
 * variable that is no JSON versions before 2.5.0 only said so.
 *
 * Source of the rule: `Factory::createConfig`, `Json/JsonFile.php::read`; the rest was seen with Composer 2.5.5.
 */
async function stopsComposer(
  { place, text }: ConfigSource,
  reason: AuthFileInvalid['reason'],
  version: () => Promise<string | undefined>,
): Promise<boolean> {
  switch (reason) {
    case 'not-an-object':
      // `null` is what PHP has for what it cannot decode.
      if (place !== 'environment' || text.trim() !== 'null') return false
      return holdsIn(await version(), 'stopsAtMalformedVariable') === true
    case 'list':
    case 'section':
    case 'entry':
      return true
    case 'not-decodable':
      return place === 'environment' && holdsIn(await version(), 'stopsAtMalformedVariable') === true
    default:
      return place !== 'environment' || holdsIn(await version(), 'stopsAtMalformedVariable') === true
  }
}
