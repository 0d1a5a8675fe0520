import { composerFailureMessage } from '../composer/failure-message.js'
import type { CatalogueEntry, Explanation, FindingOf, OverriddenFailure } from './finding.js'
import { namesOf, notFound } from './phrases.js'

type Overridden = FindingOf<'credentials-overridden'>

export const credentialsOverridden: CatalogueEntry<'credentials-overridden'> = {
  title: 'Composer uses other credentials than those of this step',
  atMost: 'error',
  explain(finding) {
    const { host, fails } = finding
    const { why, fix, who } = byPlace(finding)
    return {
      what: `Composer will not use this step’s credentials for ${host}: ${winner(finding)}${sentenceEnd(finding)}`,
      composerSays: fails === undefined ? undefined : composerSays(fails),
      why: `${why}${fails === undefined && finding.sent ? ' Nothing was seen to fail because of that, so this is a warning.' : ''}`,
      fix,
      who,
    }
  },
}

function winner({ by, source, section }: Overridden): string {
  const isEntry = section !== '' && section !== 'http-basic'
  const what = isEntry ? `the entry under \`${section}\`` : 'those'
  const wins = isEntry ? 'wins' : 'win'
  switch (by) {
    case 'environment':
      return `${what} in the variable COMPOSER_AUTH ${wins}`
    case 'url':
      return `the user name and password in a repository’s URL in ${source} win`
    case 'manifest':
      return `${what} under \`config\` in ${source} ${wins}`
    default:
      return `${what} in ${source} ${wins}`
  }
}

function sentenceEnd({ host, fails, sent }: Overridden): string {
  if (!sent) return `. This action does not send such credentials, so ${host} was not asked.`
  if (fails === undefined) return '.'
  const { code, status, packages } = fails
  const answers = status === undefined ? '' : ` (HTTP ${status})`
  if (packages.length > 0) {
    return `, and ${host} does not give ${namesOf(packages)} to them${answers}.`
  }
  if (code === 'keys-not-received') return `, and ${host} says that no keys arrived${answers}.`
  return `, and ${host} does not accept them${answers}.`
}

function composerSays({ url, status, packages: [name] }: OverriddenFailure): string | undefined {
  if (status === undefined && name !== undefined) return notFound(name)
  return url === undefined || status === undefined ? undefined : composerFailureMessage(url, { kind: 'status', status })
}

const COMMITTED = 'If they were committed, they are known: make new keys.'

function byPlace(finding: Overridden): Pick<Explanation, 'why' | 'fix' | 'who'> {
  const { by, source, section, host } = finding
  const who = 'Whoever may edit this workflow, or the file that is named.'
  if (section === 'bearer' || section === 'custom-headers' || section === 'client-certificate') {
    const since = section === 'bearer' ? '' : ' since version 2.9'
    return {
      why: `Composer sends one thing to a host, and of two sections it takes \`${section}\` before \`http-basic\`${since}, wherever they stand.`,
      fix: [
        `Take the entry for ${host} out of \`${section}\`.`,
        `Or, if it is what ${host} wants, take this step’s credentials for it away.`,
      ],
      who,
    }
  }
  switch (by) {
    case 'environment':
      return {
        why: `The workflow or an earlier step sets COMPOSER_AUTH, which beats the auth.json in Composer’s home${ruleOf(finding)}.`,
        fix: [
          `Take ${host} out of the secret or variable that COMPOSER_AUTH is set from, or do not set it for the step that runs Composer.`,
          'Or hand that document to this step’s input `composer-auth`: the keys of this step then beat it for their host.',
          'Or add `env` to `auth-location`: this step’s credentials then go into COMPOSER_AUTH as well.',
        ],
        who: 'Whoever may edit this workflow and its secrets.',
      }
    case 'project-auth':
      return {
        why: `An auth.json beside composer.json beats the one in Composer’s home${ruleOf(finding)}.`,
        fix: [
          `Take ${host} out of ${source}. ${COMMITTED}`,
          'Or set `auth-location: project`: this step then replaces the entry until the job ends.',
        ],
        who,
      }
    case 'manifest':
      return {
        why: 'What composer.json has under `config` beats the auth.json in Composer’s home.',
        fix: [
          `Take \`http-basic\` for ${host} out of \`config\` in ${source}. ${COMMITTED}`,
          'Or set `auth-location: project`, which beats composer.json.',
        ],
        who: 'Whoever may edit composer.json.',
      }
    case 'url':
      return {
        why: 'A user name and a password in the URL of a repository beat every other credentials for that host.',
        fix: [
          `Write the URL in ${source} without them. ${COMMITTED}`,
          'Hand them to this step’s input `composer-auth` if they are the right ones.',
        ],
        who: 'Whoever may edit composer.json.',
      }
    case 'home-config':
    case 'home-auth':
      return {
        why: 'This step’s credentials stand in another place than those that the coming Composer command reads.',
        fix: [`Add \`global\` to \`auth-location\`, or take ${host} out of ${source}.`],
        who,
      }
  }
}

/** The rule that depends on the version, where it decided. */
function ruleOf({ by, installed }: Overridden): string {
  const about =
    by === 'environment'
      ? ' and, since Composer 2.7.8, the project’s auth.json'
      : ' and, before Composer 2.7.8, COMPOSER_AUTH'
  return `${about}${installed === undefined ? '' : ` (${installed} is installed)`}`
}
