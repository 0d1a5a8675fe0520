/** An input that cannot be read. Says what is wrong with it and what it takes, and never its value. */
export class InvalidInput extends Error {
  override readonly name = 'InvalidInput'
  /** Its name in action.yml. */
  readonly input: string
  /** Continues the name, without a full stop. */
  readonly wrong: string
  /** What to do, in at most three steps. */
  readonly fix: readonly string[]

  constructor(input: string, wrong: string, ...fix: readonly string[]) {
    super(input)
    this.input = input
    this.wrong = wrong
    this.fix = fix
  }
}

/** An input with a value that is none of those that it takes. */
export function notTaken(input: string, takes: string): InvalidInput {
  return new InvalidInput(input, 'has a value that it does not take', `Set it to ${takes}`)
}
