/** What the workflow's own file tells about the inputs of this step, and the words for it. */

/** The inputs that take the two halves of a pair. */
export type KeyInput = 'public-key' | 'private-key'
/** The inputs that take the two halves of the credentials for downloads. */
export type DownloadInput = 'mage-id' | 'download-token'
/** The inputs that take credentials. */
export type SecretInput = KeyInput | 'composer-auth' | DownloadInput

/** Why the secrets of a workflow may be empty, as far as the event tells. */
export type WhyMissing = 'fork' | 'dependabot' | 'forked-repository' | 'unknown'

/** What an expression of a workflow takes a value from. */
export interface KeyReference {
  readonly context: 'secrets' | 'vars' | 'env' | 'inputs' | 'steps' | 'needs' | 'other'
  /** Undefined where it is not fit to be shown. */
  readonly name: string | undefined
}

/** How the workflow sets an input. */
export interface InputSource {
  readonly input: SecretInput
  readonly set: 'expression' | 'text' | 'empty' | 'absent'
  /** The name of another input of the step that was probably meant as this one. */
  readonly misspelt: string | undefined
  readonly takes: readonly KeyReference[]
  /** What `env:`, or the job that calls this workflow, fills those with; empty where that is not known. */
  readonly from: readonly KeyReference[]
}

/** What the workflow's own file tells about credentials. */
export interface KeySource {
  /** Empty where the step stands in a workflow that cannot be read. */
  readonly inputs: readonly InputSource[]
  /** Whether the step sets an input for downloads. */
  readonly forDownloads: boolean
  /** Whether the job names an environment. */
  readonly environment: boolean
  /** Whether the step stands in a reusable workflow. */
  readonly called: boolean
  /** What the job that calls the reusable workflow fails to hand on. */
  readonly call:
    | { readonly kind: 'no-secrets' }
    /** `names`: of secrets under `secrets:`; `inputs`: those that take one of them. */
    | { readonly kind: 'not-passed'; readonly names: readonly string[]; readonly inputs: readonly SecretInput[] }
    | undefined
}

/** One sentence, “The workflow sets `public-key` from `secrets.A`.”, for what can be named; none where nothing can. */
export function takenFrom(inputs: readonly InputSource[]): string[] {
  const named = inputs.flatMap(({ input, takes, from }) => {
    const first = alternatives(takes)
    if (first === undefined) return []
    const second = alternatives(from)
    return [`\`${input}\` from ${first}${second === undefined ? '' : ` (filled from ${second})`}`]
  })
  return named.length === 0 ? [] : [`The workflow sets ${named.join(' and ')}.`]
}

function alternatives(references: readonly KeyReference[]): string | undefined {
  const names = references.flatMap(({ context, name }) =>
    name === undefined || context === 'other' ? [] : [`\`${context}.${name}\``],
  )
  return names.length === 0 ? undefined : names.join(' or ')
}

/** The names of the secrets that inputs come from in the end, each once. */
export function secretsIn(source: KeySource | undefined): string[] {
  const ends = source?.inputs.flatMap(({ takes, from }) => (from.length > 0 ? from : takes)) ?? []
  return [...new Set(ends.flatMap(({ context, name }) => (context === 'secrets' && name !== undefined ? [name] : [])))]
}
