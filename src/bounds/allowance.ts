/** How often something may be done in a run, whatever a file or a server asks for. */
export interface Allowance {
  /** Whether it may be done once more. */
  take(): boolean
  /** How often it was refused. */
  readonly refused: number
}

export function allowance(size: number): Allowance {
  let left = size
  let refused = 0
  return {
    take: () => {
      if (left > 0) left--
      else refused++
      return refused === 0
    },
    get refused() {
      return refused
    },
  }
}
