/** An input that cannot be read. Says what the input takes, and never its value. */
export class InvalidInput extends Error {
  override readonly name = 'InvalidInput'
  constructor(input: string, takes: string) {
    super(`The input \`${input}\` ${takes}`)
  }
}
