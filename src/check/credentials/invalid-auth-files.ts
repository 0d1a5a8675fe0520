import { isAbsolute } from 'node:path'
import type { AuthFault, InvalidAuthJson } from '../../composer/auth-json.js'
import type { ConfigSource } from '../../composer/config.js'
import { holdsIn } from '../../composer/installed/version-rules.js'
import type { WrongForm } from '../../problems/auth-file-invalid.js'
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
    findings.push(invalidAuthFile(name, invalid, await effectOn(source, invalid.fault.reason, version)))
  }
  return findings
}

/** A file or variable that Composer does not accept. */
export function invalidAuthFile(
  source: string,
  { fault, position }: InvalidAuthJson,
  effect: WrongForm['effect'],
): WrongForm {
  // A variable is no file.
  const place = isAbsolute(source) ? { path: source, position } : undefined
  return { ...NO_SERVER, code: 'auth-file-invalid', reason: 'form', source, fault, position, effect, place }
}

/**
 * What Composer does there. It passes over a bare value with a warning, and over a file that PHP cannot decode; of a
 * variable that is no JSON versions before 2.5.0 only said so.
 *
 * Source of the rule: `Factory::createConfig`, `Json/JsonFile.php::read`; the rest was seen with Composer 2.5.5.
 */
async function effectOn(
  { place, text }: ConfigSource,
  reason: AuthFault['reason'],
  version: () => Promise<string | undefined>,
): Promise<WrongForm['effect']> {
  switch (reason) {
    case 'not-an-object':
      // `null` is what PHP has for what it cannot decode.
      return place === 'environment' && text.trim() === 'null' ? effectOfMalformed(await version()) : 'passed-over'
    case 'list':
    case 'numeric-key':
    case 'section':
    case 'entry':
      return 'stops'
    case 'not-decodable':
      return place === 'environment' ? effectOfMalformed(await version()) : 'passed-over'
    default:
      return place === 'environment' ? effectOfMalformed(await version()) : 'stops'
  }
}

/** Of a variable that is no JSON. */
function effectOfMalformed(version: string | undefined): WrongForm['effect'] {
  const stops = holdsIn(version, 'stopsAtMalformedVariable')
  if (stops === undefined) return 'stops-by-version'
  return stops ? 'stops' : 'passed-over'
}
