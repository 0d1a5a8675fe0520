import { existsSync, readdirSync, utimesSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { expect } from '@jest/globals'
import type { Job, StepResult } from '../action/run-action.js'
import { rounds } from '../endurance/random.js'
import { listing } from './folder.js'

const KILLER = pathToFileURL(join(import.meta.dirname, 'kill-at.mjs')).href
export const MODES = ['before', 'after'] as const
export type Mode = (typeof MODES)[number]

/** The options that kill a step at its n-th change of the file system. */
export function killedAt(n: number, when: Mode) {
  return { nodeOptions: ['--import', KILLER], env: { KILL_AT: String(n), KILL_WHEN: when } }
}

/** More changes of the file system than any run makes: a loop that gets here has a defect of its own. */
const MANY = 200
/** Fewer kill points than any run has; a loop that finds fewer has not killed anything. */
const FEW = 12
/** Rounds that run side by side. They share nothing. */
const AT_ONCE = 4
/** Every third change, and each of them where all rounds are made. */
const STEP = rounds({ few: 3, all: 1 })

/** Runs `round` for n from 1 on, each time with a step that is killed `STEP` changes later, until one comes to its end. */
export async function forEachKillPoint(round: (n: number) => Promise<StepResult>): Promise<void> {
  for (let first = 1; first <= MANY; first += AT_ONCE * STEP) {
    const numbers = Array.from({ length: AT_ONCE }, (_, index) => first + index * STEP)
    const killed = await Promise.all(
      numbers.map((n) =>
        round(n).catch((error: unknown) => {
          throw new Error(`Killed at change ${n}: ${error instanceof Error ? error.message : String(error)}`, {
            cause: error,
          })
        }),
      ),
    )
    const end = killed.findIndex(({ signal }) => signal === null)
    if (end === -1) continue
    expect(killed.slice(end).map(({ exitStatus }) => exitStatus)).toEqual(killed.slice(end).map(() => 0))
    expect(numbers[end]).toBeGreaterThan(FEW)
    return
  }
  throw new Error(`Still killed at change ${MANY}`)
}

/** The files below a folder. A killed process may leave an empty folder: it can neither leak nor mislead Composer. */
export const filesIn = (folder: string) => listing(folder).filter((line) => !line.startsWith('4'))

/** Half a minute passes: what a killed process locked without signing it counts as abandoned. */
export function halfAMinuteLater(job: Job): void {
  const beside = join(job.home, '.composer')
  const past = new Date(Date.now() - 31_000)
  for (const folder of [beside, job.temp].filter((path) => existsSync(path))) {
    for (const name of readdirSync(folder)) {
      if (/\.lock(\.takeover)?$/.test(name)) utimesSync(join(folder, name), past, past)
    }
  }
}
