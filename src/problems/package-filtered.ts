import { namesOf, notFound, PROJECT_EDITOR } from './phrases.js'
import type { Explanation, Facts } from './problem.js'

/** `only` or `exclude` leave no repository that may serve the package. */
export interface FilteredOut extends Facts {
  readonly code: 'package-denied'
  readonly reason: 'filtered'
  readonly filter: string | undefined
  /** Another package may provide it. */
  readonly mayBeElsewhere: boolean
}

export function filteredOut({ packages, filter, mayBeElsewhere }: FilteredOut): Explanation {
  const many = packages.length > 1
  const it = many ? 'them' : 'it'
  return {
    title: 'A filter in composer.json excludes a package that is required',
    cause: [
      `No repository of composer.json is allowed to serve ${namesOf(packages)}: ${filter ?? 'its filters leave none'}.`,
      mayBeElsewhere ? `This is a warning because another package may provide ${it}.` : '',
    ]
      .join(' ')
      .trim(),
    fix: [filterStep(filter, it)],
    who: PROJECT_EDITOR,
    composerSays: notFound(packages[0]),
    background: 'A repository with `only` serves nothing else, and one with `exclude` nothing that it lists.',
  }
}

/** Which list to change, where the filter names one. */
function filterStep(filter: string | undefined, it: string): string {
  const of = `of the repository that has ${it}`
  const add = `Add ${it} to \`only\``
  const remove = `remove ${it} from \`exclude\``
  if (filter?.startsWith('`only`')) return `${add} ${of}.`
  if (filter?.startsWith('`exclude`')) return `R${remove.slice(1)} ${of}.`
  return `${add}, or ${remove}, ${of}.`
}
