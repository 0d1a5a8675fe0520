/** Why keys are empty, by what the workflow takes them from: a secret, a variable, an input, or the result of a step or job. */
import { enumeration, joined, SECRETS, SECRETS_OWNERS } from './phrases.js'
import type { Explanation } from './problem.js'
import type { InputSource, KeyInput, KeyReference, KeySource } from './workflow-inputs.js'

/** `cause` goes on where the first sentence, on what is empty, ends; it may be empty. */
export type Reason = Pick<Explanation, 'cause' | 'fix'> & { readonly title?: string; readonly who?: string }

/** Where the values come from in the end, as far as that has a name. */
export function endsOf(inputs: readonly InputSource[]): KeyReference[] {
  const ends = inputs.flatMap(({ takes, from }) => (from.length > 0 ? from : takes))
  return ends.filter(({ context, name }) => name !== undefined && context !== 'other')
}

/** The names in some contexts that the values come from, as they are shown. */
export function namesIn(
  inputs: readonly InputSource[] | undefined,
  ...contexts: readonly KeyReference['context'][]
): string[] {
  const names = endsOf(inputs ?? []).flatMap(({ context, name }) =>
    contexts.includes(context) && name !== undefined ? [`\`${name}\``] : [],
  )
  return [...new Set(names)]
}

/** A step for secrets whose names are right as far as is known. */
export function areFilled(names: readonly string[]): string {
  return names.length === 0
    ? 'Check that the secret of that name exists and is not empty.'
    : `Check that ${enumeration(names)} ${names.length === 1 ? 'exists' : 'exist'} under ${SECRETS} and ${isOrAre(names)} not empty.`
}

/** The inputs, as they are shown. */
export function named(inputs: readonly InputSource[]): string {
  return enumeration(inputs.map(({ input }) => `\`${input}\``))
}

/** The cause where the workflow itself gives some of the inputs nothing. */
export function notSet(inputs: readonly InputSource[]): Reason {
  const misspelled = inputs.flatMap(({ misspelt }) => (misspelt === undefined ? [] : [`\`${misspelt}\``]))
  const absent = inputs.filter(({ set, misspelt }) => set === 'absent' && misspelt === undefined)
  const emptied = inputs.filter(({ set }) => set === 'empty')
  const lines = (all: readonly InputSource[]) =>
    enumeration(all.map(({ input }) => `\`${input}: \${{ secrets.NAME }}\``))
  const names = inputs.length === 1 ? 'the name of the secret' : 'the names of the two secrets'
  return {
    cause: joined([
      misspelled.length === 0
        ? ''
        : `The step sets ${enumeration(misspelled)}, ${misspelled.length === 1 ? 'which is not an input' : 'which are not inputs'} of this action.`,
      absent.length === 0 ? '' : `The step does not set ${named(absent).replace(' and ', ' or ')}.`,
      emptied.length === 0 ? '' : `The step sets ${named(emptied)} to nothing.`,
    ]),
    fix: [
      ...inputs.flatMap(({ input, misspelt }) =>
        misspelt === undefined ? [] : [`Rename \`${misspelt}:\` to \`${input}:\`.`],
      ),
      ...(absent.length === 0 ? [] : [`Add ${lines(absent)} below \`with:\`, with ${names}.`]),
      ...(emptied.length === 0 ? [] : [`Write ${lines(emptied)}, with ${names}.`]),
    ],
    who: 'Anyone who can edit this workflow.',
  }
}

const OTHER_KEY_CAME =
  'The other key arrived, so this one’s secret does not exist under this name, is empty, or is not shared with this job.'

/**
 * The cause for the first kind of place that credentials come from; the others are rare beside it.
 *
 * @param one whether the other of two keys came
 * @param what the credentials in words
 */
export function namedCause(one: boolean, source: KeySource | undefined, what = 'the keys'): Reason {
  const secrets = namesIn(source?.inputs, 'secrets')
  if (secrets.length > 0) return emptySecret(one, secrets, source)
  const variables = namesIn(source?.inputs, 'vars')
  if (variables.length > 0) {
    return {
      cause: `${enumeration(variables)} ${isOrAre(variables)} read from \`vars\`, which holds no secrets.`,
      fix: [`Save ${what} as secrets, which the log masks, and use \`secrets.\` instead of \`vars.\`.`],
    }
  }
  const environment = namesIn(source?.inputs, 'env')
  if (environment.length > 0) {
    return {
      cause: `${enumeration(environment)} ${environment.length === 1 ? 'was' : 'were'} empty in the environment when the step began.`,
      fix: [
        'Use the secret directly: `${{ secrets.NAME }}`.',
        `Or fill ${enumeration(environment)} under \`env:\`; a reusable workflow does not see the variables of its caller.`,
      ],
    }
  }
  const inputs = namesIn(source?.inputs, 'inputs')
  if (inputs.length > 0) {
    return {
      cause: `${enumeration(inputs)}, which this workflow was called or started with, ${isOrAre(inputs)} empty.`,
      fix: [`Pass ${what} as secrets where the workflow is called: a workflow’s inputs are not masked.`],
    }
  }
  return emptyResult(source)
}

/** Outputs of a job lose what GitHub takes for a secret; those of a step do not. */
function emptyResult(source: KeySource | undefined): Reason {
  const results = namesIn(source?.inputs, 'steps', 'needs')
  const instead = 'Or use the secret in this step itself: `${{ secrets.NAME }}`.'
  return namesIn(source?.inputs, 'needs').length === 0
    ? {
        cause: `${enumeration(results)} ${isOrAre(results)} empty: the step did not run, or did not set ${results.length === 1 ? 'it' : 'them'}.`,
        fix: ['In the log, see whether that step ran, before this one, and what it did.', instead],
      }
    : {
        cause: `${enumeration(results)} ${isOrAre(results)} empty: GitHub drops job outputs that contain a secret, and a skipped job sets none.`,
        fix: [
          'Use the secret in this step itself: `${{ secrets.NAME }}`.',
          'If these outputs hold no secret, see whether the job that sets them ran.',
        ],
      }
}

function emptySecret(one: boolean, secrets: readonly string[], source: KeySource | undefined): Reason {
  const listed = enumeration(secrets)
  const single = secrets.length === 1
  const environment =
    source?.environment === true
      ? 'Look at the secrets of the job’s environment too: they take precedence over those of the repository.'
      : `If ${single ? 'it belongs' : 'they belong'} to an environment, add \`environment: <name>\` to the job.`
  return {
    cause: one ? OTHER_KEY_CAME : '',
    who: SECRETS_OWNERS,
    fix: [
      `Under ${SECRETS}, check that ${listed} ${single ? 'exists' : 'exist'}, with exactly this spelling; if ${single ? 'it does, save it' : 'they do, save them'} again. An organisation’s secret must be shared with this repository.`,
      environment,
      ...(source?.called === true
        ? ['This is a reusable workflow: the job that calls it must be able to read the secret, and pass it on.']
        : []),
    ],
  }
}

function isOrAre({ length }: readonly string[]): string {
  return length === 1 ? 'is' : 'are'
}

/** What can be said where the workflow's line is not known. */
export function unnamedCause(missing: readonly KeyInput[]): Reason {
  const [input] = missing
  if (missing.length === 1) {
    return {
      cause: OTHER_KEY_CAME,
      who: SECRETS_OWNERS,
      fix: [
        `Compare the secret’s name on the \`${input}:\` line of the workflow with the names under ${SECRETS}.`,
        'If the secret exists, save it again. An organisation’s secret must be shared with this repository.',
      ],
    }
  }
  return {
    cause: 'A secret that does not exist, or is not shared with this job, reads as empty.',
    who: SECRETS_OWNERS,
    fix: [
      `Compare the secrets’ names in this step with those under ${SECRETS}. An organisation’s secret must be shared with this repository.`,
      'In a reusable workflow, pass them where it is called (`secrets: inherit`). In a composite action, pass the keys as its inputs.',
      'For secrets of an environment, add `environment: <name>` to the job.',
    ],
  }
}
