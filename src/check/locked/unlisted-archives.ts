import { grouped } from '../../collections/grouped.js'
import { credentialsInUrl } from '../../composer/effective-credentials.js'
import { shownUrl } from '../../composer/shown-url.js'
import { type Archive, type ArchiveAnswer, type AskedArchive, askAll, type Denied } from '../archives.js'
import type { CheckContext } from '../context.js'

/** So many of a group are asked for before anything is concluded about the others. */
const ASKED_OF_GROUP = 3
/** A group of no more than these is asked for as a whole: that takes no longer. */
const SMALL_GROUP = 8

/** What became of archives, and of how many that was concluded. */
export interface AskedUnlisted {
  readonly asked: readonly AskedArchive[]
  readonly alongside: readonly AskedArchive[]
  readonly concluded: number
}

/**
 * Asks for the archives of packages that a repository does not list to this account. Each may be had all the same, so each
 * is asked for, but for one case: the account sees nothing of a group, an edition or a vendor, and some of its archives are
 * all refused in the same way. Then it is not entitled to that group, and the others are refused likewise.
 *
 * @param isSeen whether the account sees anything of a group
 * @param alongside further archives to ask for at the same time: each round of requests takes as long as the server is far
 */
export async function askUnlisted(
  archives: readonly Archive[],
  isSeen: (group: string) => boolean,
  alongside: readonly Archive[],
  context: CheckContext,
): Promise<AskedUnlisted> {
  const unseen = archives.filter((archive) => !isSeen(archive.group) && isAskedAlike(archive))
  const large = [...grouped(unseen, circumstances).values()].filter((all) => all.length > SMALL_GROUP)
  const parts = large.map((all) => {
    const some = spreadOver(all)
    return { some, others: all.filter((archive) => !some.includes(archive)) }
  })
  const put = new Set(parts.flatMap(({ others }) => others))
  const answers = new Map<Archive, ArchiveAnswer>()
  const ask = async (wanted: readonly Archive[]) => {
    for (const { archive, answer } of await askAll(wanted, context)) answers.set(archive, answer)
  }
  await ask([...archives.filter((archive) => !put.has(archive)), ...alongside])
  const refused = parts.flatMap(({ some, others }) => {
    const refusal = commonRefusal(some.map((archive) => answers.get(archive)))
    return refusal === undefined ? [] : others.map((archive) => [archive, refusedLikewise(archive, refusal)] as const)
  })
  for (const [archive, answer] of refused) answers.set(archive, answer)
  await ask(archives.filter((archive) => !answers.has(archive)))
  const answered = (archive: Archive) => ({ archive, answer: answers.get(archive) ?? ({ kind: 'unknown' } as const) })
  return {
    // In the order of the lock, which is that of the findings.
    asked: archives.map(answered),
    alongside: alongside.map(answered),
    concluded: refused.length,
  }
}

/** Of what has mirrors too nothing is concluded, since another server would be asked, nor of what is asked for with credentials of its own. */
function isAskedAlike({ urls }: Archive): boolean {
  return urls.length === 1 && credentialsInUrl(urls[0] ?? '') === undefined
}

/** What decides what a refusal comes to: no error is concluded from archives whose refusal is none by itself. */
function circumstances({ group, hiddenBy, hasSource }: Archive): string {
  return `${group} ${hiddenBy} ${hasSource}`
}

/** The first, the last and one in the middle. */
function spreadOver(archives: readonly Archive[]): Archive[] {
  const step = (archives.length - 1) / (ASKED_OF_GROUP - 1)
  return Array.from({ length: ASKED_OF_GROUP }, (_, index) => archives[Math.round(index * step)]).filter(
    (archive) => archive !== undefined,
  )
}

function commonRefusal(answers: readonly (ArchiveAnswer | undefined)[]): Denied | undefined {
  const [first] = answers
  if (first?.kind !== 'denied') return undefined
  const alike = answers.every((answer) => answer?.kind === 'denied' && answer.status === first.status)
  return alike ? first : undefined
}

function refusedLikewise({ urls: [url = ''] }: Archive, refusal: Denied): Denied {
  return { ...refusal, url: shownUrl(url) }
}
