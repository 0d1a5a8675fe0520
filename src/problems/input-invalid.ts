import { WORKFLOW_EDITOR } from './phrases.js'
import { type Facts, never, type ProblemEntry } from './problem.js'

/** An input of the step that cannot be read: nothing was written, and nobody was asked. */
export interface InputInvalid extends Facts {
  readonly code: 'input-invalid'
  /** Its name in action.yml. */
  readonly input: string
  /** Continues the name, without a full stop; never the value. */
  readonly wrong: string
  readonly fix: readonly string[]
}

export const inputInvalid: ProblemEntry<InputInvalid> = {
  title: 'An input is invalid',
  atMost: 'error',
  severity: () => 'error',
  byCredentials: never,
  explain: ({ input, wrong, fix }) => ({
    cause: `The input \`${input}\` ${wrong}.`,
    fix,
    who: input === 'composer-auth' ? WORKFLOW_EDITOR : 'Anyone who can edit this workflow.',
    composerSays: undefined,
    background:
      'Nothing was written and nothing was checked. This step fails also with `fail-on-error: false`: what was meant is not known.',
  }),
}
