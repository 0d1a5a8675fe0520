import { composerFailureMessage } from '../composer/failure-message.js'
import type { CatalogueEntry, Explanation, FindingOf, InputSource, KeyReference, KeySource } from './finding.js'
import { enumeration, WORKFLOW_AUTHOR } from './phrases.js'

type Reason = Pick<Explanation, 'why' | 'fix' | 'who'>

const SECRETS_PAGE = 'Settings → Secrets and variables → Actions'

export const keysMissing: CatalogueEntry<'keys-missing'> = {
  title: 'Commerce Marketplace keys are missing',
  atMost: 'error',
  explain(finding) {
    const { missing, dollar, host, url, source, others } = finding
    const one = missing.length === 1
    const inputs = enumeration(missing.map((input) => `\`${input}\``))
    const what = dollar
      ? one
        ? `${inputs} holds a lone dollar sign instead of a key for ${host}.`
        : `${inputs} hold no keys for ${host}: a lone dollar sign in at least one of them, and nothing else.`
      : `${inputs} ${one ? 'is' : 'are'} empty, so this step has no keys for ${host}.`
    return {
      what: [
        what,
        ...takenFrom(source?.inputs ?? []),
        others
          ? `\`composer-auth\` has no entry for ${host} either; what it holds for others was written.`
          : 'Nothing was written.',
      ].join(' '),
      composerSays: composerFailureMessage(url, { kind: 'status', status: 401 }),
      ...reasonFor(finding),
    }
  },
}

/** One sentence, “`public-key` takes `secrets.A`”, for what can be named; none where nothing can. */
export function takenFrom(inputs: readonly InputSource[]): string[] {
  const named = inputs.flatMap(({ input, takes, from }) => {
    const first = alternatives(takes)
    if (first === undefined) return []
    const second = alternatives(from)
    return [`\`${input}\` takes ${first}${second === undefined ? '' : `, which is filled from ${second}`}`]
  })
  return named.length === 0 ? [] : [`In the workflow, ${named.join('; ')}.`]
}

function alternatives(references: readonly KeyReference[]): string | undefined {
  const names = references.flatMap(({ context, name }) =>
    name === undefined || context === 'other' ? [] : [`\`${context}.${name}\``],
  )
  return names.length === 0 ? undefined : names.join(' or ')
}

/** From what is certain to what is likely. */
function reasonFor(finding: FindingOf<'keys-missing'>): Reason {
  const { missing, dollar, why, source, host } = finding
  const who = WORKFLOW_AUTHOR
  const unset = source?.inputs.filter(({ set }) => set !== 'expression') ?? []
  if (unset.length > 0) return notSet(unset)
  if (dollar) {
    return {
      why: 'That is what `$${{ secrets.NAME }}` leaves behind: the first dollar sign is not part of the expression, and the secret is empty.',
      fix: ['Write `${{ secrets.NAME }}` with one dollar sign.', whyEmpty(why, source)],
      who,
    }
  }
  // One key that came proves that the run may read secrets.
  if (missing.length > 1 && why === 'fork') {
    return {
      why: 'This run is for a pull request from a fork, and GitHub gives such runs no secrets. The keys themselves may be fine.',
      fix: [
        `To let fork runs pass without keys, set \`if-keys-missing: ignore\` and skip the steps that need ${host} when the output \`status\` is \`skipped\`.`,
        'For Magento Open Source packages alone, give these runs a public mirror instead of keys; the README has the lines for both (“Runs without secrets”).',
      ],
      who: 'A maintainer of this repository; the author of the pull request cannot change it.',
    }
  }
  if (missing.length > 1 && why === 'dependabot') {
    return {
      why: 'Dependabot started this run, and such runs read Dependabot secrets instead of Actions secrets, also when a person starts them again.',
      fix: [
        `Add both keys under Settings → Secrets and variables → Dependabot, with the same names${inParentheses(source)}.`,
        'Or set `if-keys-missing: ignore` for these runs.',
      ],
      who,
    }
  }
  if (source?.call !== undefined) return notHandedOn(source.call)
  if (missing.length > 1 && why === 'forked-repository') {
    return {
      why: 'This repository is a fork of another, and GitHub copies no secrets into a fork: it has only those that were added here.',
      fix: [
        `Add the two keys of your own account under ${SECRETS_PAGE} of this fork${inParentheses(source)}.`,
        'Or set `if-keys-missing: ignore`, so that forks pass without keys.',
      ],
      who,
    }
  }
  const [input] = missing
  const one = missing.length === 1
  const { why: cause, fix } = endsOf(source).length > 0 ? namedCauses(source, one) : unnamedCauses(one, input)
  return { why: cause, fix, who }
}

const OTHER_KEY_CAME =
  'The other key arrived, so this one is misspelt in the workflow, or its secret was saved empty; unless the other one is no secret, and this run may read none.'

function notSet(inputs: readonly InputSource[]): Reason {
  const why = inputs.map(({ input, set, misspelt }) =>
    misspelt !== undefined
      ? `The step does not set \`${input}\`: it sets \`${misspelt}\`, and this action has no input of that name.`
      : set === 'empty'
        ? `The step sets \`${input}\` to nothing.`
        : `The step does not set \`${input}\`, and an input that is left out is empty.`,
  )
  const fix = inputs.map(({ input, set, misspelt }) =>
    misspelt !== undefined
      ? `Rename \`${misspelt}:\` to \`${input}:\`.`
      : set === 'empty'
        ? `Write \`${input}: \${{ secrets.NAME }}\`, with the name of the secret that holds this key.`
        : `Add \`${input}: \${{ secrets.NAME }}\` below the step’s \`with:\`, with the name of the secret that holds this key.`,
  )
  return { why: why.join(' '), fix, who: 'Whoever may edit this workflow.' }
}

function notHandedOn(call: NonNullable<KeySource['call']>): Reason {
  if (call.kind === 'no-secrets') {
    return {
      why: 'The step stands in a reusable workflow, and the job that calls it has no `secrets:`: GitHub hands no secret on by itself.',
      fix: ['Add `secrets: inherit` to the calling job, beside its `uses:`, or pass the two secrets there by name.'],
      who: 'Whoever may edit the calling workflow.',
    }
  }
  const names = enumeration(call.names.map((name) => `\`${name}\``))
  return {
    why: `The step stands in a reusable workflow, and the job that calls it does not pass ${names} under \`secrets:\`: what is not listed there arrives empty.`,
    fix: [
      `Add ${names} under the calling job’s \`secrets:\`, each as \`NAME: \${{ secrets.NAME }}\`, or write \`secrets: inherit\` instead of the list.`,
    ],
    who: 'Whoever may edit the calling workflow.',
  }
}

/** Where the values come from in the end, as far as that has a name. */
function endsOf(source: KeySource | undefined): KeyReference[] {
  const ends = source?.inputs.flatMap(({ takes, from }) => (from.length > 0 ? from : takes)) ?? []
  return ends.filter(({ context, name }) => name !== undefined && context !== 'other')
}

function namesOf(source: KeySource | undefined, context: KeyReference['context']): string[] {
  const names = endsOf(source).flatMap((end) => (end.context === context && end.name !== undefined ? [end.name] : []))
  return [...new Set(names)].map((name) => `\`${name}\``)
}

function inParentheses(source: KeySource | undefined): string {
  const names = namesOf(source, 'secrets')
  return names.length === 0 ? '' : ` (${enumeration(names)})`
}

/** What to look at once the dollar sign is gone. */
function whyEmpty(why: FindingOf<'keys-missing'>['why'], source: KeySource | undefined): string {
  if (why === 'fork') {
    return 'This run is for a pull request from a fork, which gets no secrets: set `if-keys-missing: ignore` to let such runs pass.'
  }
  if (why === 'dependabot') {
    return `Dependabot started this run: add the secrets${inParentheses(source)} under Settings → Secrets and variables → Dependabot as well.`
  }
  const names = namesOf(source, 'secrets')
  return names.length === 0
    ? 'Check that the secret of that name exists and is not empty.'
    : `Check that ${enumeration(names)} ${names.length === 1 ? 'stands' : 'stand'} under ${SECRETS_PAGE} and ${names.length === 1 ? 'is' : 'are'} not empty.`
}

function namedCauses(source: KeySource | undefined, one: boolean): { why: string; fix: string[] } {
  const secrets = namesOf(source, 'secrets')
  const variables = namesOf(source, 'vars')
  const environment = namesOf(source, 'env')
  const inputs = namesOf(source, 'inputs')
  const results = [...namesOf(source, 'steps'), ...namesOf(source, 'needs')]
  const why: string[] = []
  const fix: string[] = []
  if (secrets.length > 0) {
    const [is, them, value] = secrets.length === 1 ? ['is', 'it', 'its value'] : ['are', 'them', 'their values']
    why.push(
      one
        ? OTHER_KEY_CAME
        : 'GitHub hands over an empty string for a secret that does not exist under exactly this name, or that this run may not read.',
    )
    fix.push(
      `Look under ${SECRETS_PAGE} whether ${enumeration(secrets)} ${is} listed, letter by letter. A secret of the organisation must be shared with this repository.`,
      `Add ${them} there, or correct the name in the workflow; if ${secrets.length === 1 ? 'it is' : 'they are'} listed, save ${value} again.`,
      source?.environment === true
        ? 'The job names an environment: look there too, since a secret of an environment goes before one of the repository.'
        : `If ${secrets.length === 1 ? 'it belongs' : 'they belong'} to an environment, add \`environment: <name>\` to the job.`,
    )
    if (source?.called === true) {
      fix.push(
        'The step stands in a reusable workflow: the job that calls it must be able to read the secret itself, and pass it on.',
      )
    }
  }
  if (variables.length > 0) {
    why.push(`${enumeration(variables)} ${isOrAre(variables)} read as a configuration variable, which is no secret.`)
    fix.push('Save keys as secrets, which the log masks, and take them with `secrets.` instead of `vars.`.')
  }
  if (environment.length > 0) {
    why.push(`The variable ${enumeration(environment)} was empty when the step began.`)
    fix.push(
      `Fill ${enumeration(environment)} under \`env:\` of the workflow, the job or the step, or take the secret directly: \`\${{ secrets.NAME }}\`. A reusable workflow does not see the variables of its caller.`,
    )
  }
  if (inputs.length > 0) {
    why.push(
      `${enumeration(inputs)} ${isOrAre(inputs)} what the workflow was called or started with, and that was empty.`,
    )
    fix.push('Pass the key where the workflow is called, as a secret: inputs of a workflow are not masked.')
  }
  if (results.length > 0) {
    why.push(
      `${enumeration(results)} ${isOrAre(results)} empty: GitHub drops every output of a job that contains a secret, and a step that did not run has no outputs.`,
    )
    fix.push('Take the secret in this step itself: `${{ secrets.NAME }}`.')
  }
  return { why: why.join(' '), fix }
}

function isOrAre({ length }: readonly string[]): string {
  return length === 1 ? 'is' : 'are'
}

/** What can be said where the workflow's line is not known. */
function unnamedCauses(one: boolean, input: string | undefined): { why: string; fix: string[] } {
  if (one) {
    return {
      why: OTHER_KEY_CAME,
      fix: [
        `Compare the secret name on the \`${input}:\` line of the workflow with the names under ${SECRETS_PAGE}.`,
        'Save the secret again if it exists.',
      ],
    }
  }
  return {
    why: 'GitHub hands over an empty string when a secret does not exist or may not be read: a misspelt name, a reusable workflow called without `secrets: inherit`, or a secret of an environment that the job does not name.',
    fix: [
      `Compare the secret names in this step with those under ${SECRETS_PAGE}. A secret of the organisation must be shared with this repository.`,
      'In a reusable workflow, pass the secrets where it is called (`secrets: inherit`). A composite action sees no secrets: pass the keys as its inputs.',
      'For secrets of an environment, add `environment: <name>` to the job.',
    ],
  }
}
