import { createHash } from 'node:crypto'

/** The seed of all rounds here: ENDURANCE_SEED tries another one, or one of a failure again. */
export const SEED = process.env.ENDURANCE_SEED ?? '20261124'

/** A number of rounds, or one that decides it: for few of them, since each starts processes, or with ENDURANCE=all for all. */
export function rounds({ few, all }: { readonly few: number; readonly all: number }): number {
  return process.env.ENDURANCE === 'all' ? all : few
}

/** Choices that look random, and are the same whenever seed and name are. */
export class Random {
  #state: number

  constructor(name: string, seed = SEED) {
    this.#state = createHash('sha256').update(`${seed}\0${name}`).digest().readUInt32LE(0)
  }

  /** From 0 to 1, without the latter. The generator is Mulberry32. */
  fraction(): number {
    this.#state = (this.#state + 0x6d2b79f5) | 0
    let mixed = Math.imul(this.#state ^ (this.#state >>> 15), this.#state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }

  /** A whole number from `least` to `most`, both included. */
  integer(least: number, most: number): number {
    return least + Math.floor(this.fraction() * (most - least + 1))
  }

  chance(probability: number): boolean {
    return this.fraction() < probability
  }

  /** @throws when there is nothing to choose from */
  oneOf<Item>(items: readonly Item[]): Item {
    const chosen = items[this.integer(0, items.length - 1)]
    if (chosen === undefined) throw new Error('nothing to choose from')
    return chosen
  }

  hex(length: number): string {
    return Array.from({ length }, () => this.integer(0, 15).toString(16)).join('')
  }
}

/** Runs a task for each number below `count`, a few side by side; they share nothing. A failure names seed and number. */
export async function forEachRound(
  numbers: readonly number[],
  task: (number: number) => Promise<void>,
  sideBySide = 3,
): Promise<void> {
  const left = [...numbers]
  const worker = async () => {
    for (let number = left.shift(); number !== undefined; number = left.shift()) {
      try {
        await task(number)
      } catch (error) {
        left.length = 0
        const message = error instanceof Error ? error.message : String(error)
        throw new Error(`Round ${number} with ENDURANCE_SEED=${SEED}: ${message}`, { cause: error })
      }
    }
  }
  await Promise.all(Array.from({ length: sideBySide }, worker))
}

/** The numbers from `first` on. */
export function numbersFrom(first: number, count: number): number[] {
  return Array.from({ length: count }, (_, index) => first + index)
}
