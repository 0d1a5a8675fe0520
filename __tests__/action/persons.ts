import { expect } from '@jest/globals'

/** A step that needs a person, and how “Who” may name that person. A maintainer can do all of it. */
const PERSONS: readonly { readonly step: RegExp; readonly who: RegExp }[] = [
  // Whatever is saved as a secret, and keys that somebody else has, which are of no use until they are saved.
  {
    step: /\b[Ss]ave (?!the file\b)|from a secret|\bthe secrets?\b|Settings → Secrets|\b[Uu]se (?:keys|credentials) (?:of|that)|(?<!Do not create )\bnew keys\b/,
    who: /\bsecrets\b|owner of the account|maintainer/,
  },
  // Inputs, variables and other steps are set in the workflow.
  {
    step: /(?<! for )`(?:composer-auth|public-key|mage-id|repository-url|auth-location|working-directory|if-keys-missing|check: \w+|timeout|retries|download-url|no_proxy)`|\bin the workflow\b|in a step of this job|COMPOSER_(?:HOME|CAFILE)\b|\bbelow `with:`|`environment: |before this step/,
    who: /\bworkflows?\b|maintainer/,
  },
  { step: /composer\.json(?! has moved)|`minimum-stability`/, who: /composer\.json|this workflow|the project/ },
  { step: /`composer update/, who: /composer\.(?:json|lock)|the project/ },
  { step: /organisation’s secret/, who: /owner of the organisation|maintainer/ },
  { step: /Adobe Commerce Support/, who: /primary contact/ },
  { step: /Order (?:it|them) in Commerce Marketplace|Commerce Marketplace → /, who: /Marketplace account/ },
  { step: /\bask whoever runs (?!it\b)/, who: /[Ww]hoever (?:runs|holds the account)|the vendor/ },
  { step: /\bask the team that runs/, who: /\bteam that runs/ },
  {
    step: /\b[Rr]un the job again/,
    who: /run the job again|this workflow|runner’s network|holds the account|owner of/,
  },
]

/** Whoever reads an annotation must find in “Who” a person for each of its steps. */
export function expectPersonForEachStep(message: string): void {
  const lines = message.split('\n')
  const steps = lines.filter((line) => /^(?:Fix:|\d\.) /.test(line)).join('\n')
  const who = lines.find((line) => line.startsWith('Who: ')) ?? ''
  const unnamed = PERSONS.filter(({ step, who: named }) => step.test(steps) && !named.test(who))
  expect({ steps, who, unnamed }).toEqual({ steps, who, unnamed: [] })
}
