/** More alternatives than these are not multiplied out. */
const MOST_ALTERNATIVES = 50

/**
 * One constraint that says what several say together; the first alone where that would be too long. Aliases (`as`) are left out, which
 * are for other packages.
 *
 * Source of the grammar: composer/semver `VersionParser::parseConstraints`.
 */
export function combinedConstraint(constraints: readonly string[]): string {
  const [first = '*', ...others] = [...new Set(constraints.map((one) => one.trim() || '*'))]
  let alternatives = alternativesOf(first)
  for (const other of others) {
    const further = alternativesOf(other)
    if (alternatives.length * further.length > MOST_ALTERNATIVES) return first
    alternatives = alternatives.flatMap((one) => further.map((another) => `${one}, ${another}`))
  }
  return others.length === 0 ? first : alternatives.join(' || ')
}

function alternativesOf(constraint: string): string[] {
  return constraint
    .split('||')
    .flatMap((part) => part.split('|'))
    .map((part) => (part.split(' as ', 1)[0] ?? '').trim())
    .map((part) => (part.startsWith('@') ? `*${part}` : part))
}
