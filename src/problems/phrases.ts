/** Words that more than one problem needs. */
import { ADOBE_HOST } from '../composer/origin.js'
import { shownUrl } from '../composer/shown-url.js'
import { type Edited, whoEdits, withEditors } from './people.js'
import type { JobSite, Place } from './problem.js'

/** Adobe's current page; the one in the server's own warning is stale. */
const ACCESS_KEYS_PAGE =
  'https://experienceleague.adobe.com/en/docs/commerce-operations/installation-guide/prerequisites/authentication-keys'

/** Adobe's current list of causes for 403 and 404, and of who can remove each. */
const ADOBE_ACCESS_PAGE = 'https://experienceleague.adobe.com/en/docs/experience-cloud-kcs/kbarticles/ka-25968'

/** Serves Magento Open Source to everybody, without keys. */
export const MIRROR = 'https://mirror.mage-os.org/'

/** Where the pairs of an account are listed. */
export const ACCESS_KEYS = 'Commerce Marketplace → My Profile → Access Keys'
/** Where this repository's secrets are, and those of Dependabot. */
export const SECRETS = 'Settings → Secrets and variables → Actions'
export const DEPENDABOT_SECRETS = 'Settings → Secrets and variables → Dependabot'
/** The name of Adobe's list. */
export const ADOBE_CAUSES = 'Adobe’s list of causes'

/** Words that lead to a page, where links can be shown. */
export const LINKS: ReadonlyMap<string, string> = new Map([
  [ACCESS_KEYS, ACCESS_KEYS_PAGE],
  [ADOBE_CAUSES, ADOBE_ACCESS_PAGE],
  [MIRROR, MIRROR],
])

/** Whether keys for a host come from Commerce Marketplace. */
export function isAdobe(host: string | undefined): boolean {
  return host === ADOBE_HOST
}

export const WORKFLOW_EDITOR = `${whoEdits('workflow', 'secrets')}.`
/** Whoever can mend a secret that comes empty: nobody but an owner shares an organisation’s. */
export const SECRETS_OWNERS = `${whoEdits('workflow', 'secrets')}; for an organisation’s secret, an owner of the organisation.`
export const PROJECT_EDITOR = `${whoEdits('composer.json')}.`
export const LICENCE_OWNER = `${withEditors('The primary contact of the MAGEID (the licence owner; only they can ask Adobe Commerce Support)', 'secrets')}.`

/** Those who can do the other steps, where one step is to create new keys. */
export function withNewKeys(who: string): string {
  return `${who.slice(0, -1)}; for new credentials, the owner of the account.`
}

/** What is between a runner and a host. */
interface Way {
  readonly host: string
  readonly proxy: string | undefined
}

/** Whoever can change what lies between a runner and a host: on GitHub's own runners nobody of the user's, but for a proxy. */
export function networkTeam(way: Way, site: JobSite): string {
  const team = teamBetween(way, site)
  return team === undefined
    ? `Whoever runs ${way.host}.`
    : `The team that runs ${team}; if that is not the cause, whoever runs ${way.host}.`
}

/** Those who can do the first step, and whom to ask where that does not help. */
export function otherwiseNetworkTeam(first: string, way: Way, site: JobSite): string {
  return otherwise(first, teamBetween(way, site), way)
}

/** The same where a server has answered, so that no network, but a proxy at most, is to blame: whoever edits the workflow can go round it. */
export function otherwiseServer(first: string, way: Way): string {
  return way.proxy === undefined
    ? otherwise(first, undefined, way)
    : otherwise(`${first} or edit this workflow`, 'the proxy', way)
}

/** Finds out whether it is the proxy that answers; nothing where there is none. */
export function bypassToTest({ host, proxy }: Way): string[] {
  return proxy === undefined ? [] : [`To test whether the proxy ${proxy} is what answers, add ${host} to \`no_proxy\`.`]
}

/** Of an answer that is the server's own, or of something that answers in its place. */
export function serverOrBetween(way: Way, site: JobSite): string {
  const team = teamBetween(way, site)
  return `Whoever runs ${way.host}${team === undefined ? '' : `; if something in between answers, the team that runs ${team}`}.`
}

function otherwise(first: string, team: string | undefined, { host }: Way): string {
  return `${first}; otherwise ${team === undefined ? '' : `the team that runs ${team}, or `}whoever runs ${host}.`
}

/** What lies between a runner and a host that somebody of the user's runs. */
export function teamBetween({ proxy }: Way, { selfHosted }: JobSite): string | undefined {
  if (proxy !== undefined) return 'the proxy'
  return selfHosted === false ? undefined : 'this runner’s network'
}

export const RERUNS = 'Anyone who can run the job again'
export const EDITS_WORKFLOW = whoEdits('workflow')

/** Where the address of a repository or an archive is written, and in which file. */
export function addressAt(place: Place | undefined): { readonly where: string; readonly file: Edited } {
  const file = /[^\\/]+$/.exec(place?.path ?? '')?.[0]
  if (file === undefined || /\.ya?ml$/.test(file)) return { where: '`repository-url`', file: 'workflow' }
  return { where: file.endsWith('.lock') ? 'the address at this line' : '`url` at this line', file }
}

/** A step that lets runs without secrets pass: later steps that need the keys would fail all the same. */
export function skipWithoutKeys(steps: string): string {
  return `set \`if-keys-missing: ignore\`, and skip ${steps} when the output \`status\` is \`skipped\`.`
}

/** The start of a step that asks for a URL; as a command only where a shell takes it as it is. */
export function askFor(url: string): string {
  return /^https?:\/\/[\w.:/%-]+$/.test(url) ? `Run \`curl -iL ${url}\`` : 'Ask for the URL with `curl -iL`'
}

/** Who can change the keys for a host, and save them in `edited`. */
export function keyOwner(host: string, ...edited: readonly Edited[]): string {
  const owner = isAdobe(host) ? 'The owner of the Marketplace account' : `Whoever holds the account at ${host}`
  return `${withEditors(owner, ...edited)}.`
}

/**
 * How to get the right pair to where this one comes from, in two steps.
 *
 * @param inComposerAuth whether that is the host's entry in `composer-auth`
 */
export function newKeys(host: string, inComposerAuth: boolean): readonly string[] {
  const [user, password] = isAdobe(host) ? ['public key', 'private key'] : ['user name', 'password']
  return [
    isAdobe(host)
      ? `Open ${ACCESS_KEYS} and copy both halves of an enabled pair, or create a new one.`
      : `Get the user name and password for ${host} from whoever runs it.`,
    inComposerAuth
      ? `Save the ${user} as \`username\` and the ${password} as \`password\` of ${host} in the secret for \`composer-auth\`.`
      : `Save the ${user} in the secret for \`public-key\` and the ${password} in the one for \`private-key\`.`,
  ]
}

/** As many characters of a file's name as a sentence bears. */
const LONGEST_NAME = 80

/** The name of the file at a URL: the last part of its path. */
export function fileNameOf(url: string): string {
  const path = url.replace(/[?#].*$/s, '')
  const name = path
    .slice(path.lastIndexOf('/') + 1)
    .replace(/[^\x21-\x7E]/g, '?')
    // Of a checksum in it the beginning is enough to tell it from others.
    .replace(/([0-9a-f]{8})[0-9a-f]{56}(?![0-9a-f])/i, '$1…')
  if (name === '') return 'this URL'
  return name.length > LONGEST_NAME ? `${name.slice(0, LONGEST_NAME - 1)}…` : name
}

/** Sentences as one text; empty ones are left out. */
export function joined(sentences: readonly string[]): string {
  return sentences.filter((sentence) => sentence !== '').join(' ')
}

/** What may have gone by itself. */
export const TRY_AGAIN = 'Run the job again: the trouble may have passed.'

/** What goes by itself, and is taken for wrong keys. */
export const TRY_AGAIN_LATER = 'Run the job again later. Do not create new keys: this is not about the keys.'

/** A text that begins a sentence. */
export function capitalised(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1)
}

/** A sentence, to go on with behind another part of it. */
export function lowered(text: string): string {
  return text.charAt(0).toLowerCase() + text.slice(1)
}

/** “a”, “a and b”, “a, b and c”. */
export function enumeration(items: readonly string[]): string {
  return items.length < 2 ? items.join('') : `${items.slice(0, -1).join(', ')} and ${items.at(-1)}`
}

/** The first hosts of some entries of auth.json, and how many more there are; each entry by its path there: a section and a host, or a setting. */
export function hostsOf(paths: readonly (readonly [string] | readonly [string, string])[]): string {
  return namesOf([
    ...new Set(paths.map(([section, origin]) => (origin === undefined ? `the setting ${section}` : shownUrl(origin)))),
  ])
}

/** As many characters of a server's words as the cause bears; the summary has them all. */
const LONGEST_QUOTE = 110

/** A sentence, with the server's own words after it where it has some. */
export function withServerText(sentence: string, serverText: string | undefined): string {
  if (serverText === undefined) return `${sentence}.`
  const short = serverText.length > LONGEST_QUOTE ? `${serverText.slice(0, LONGEST_QUOTE - 1).trimEnd()}…` : serverText
  return `${sentence}: “${short}”`
}

/** As many names as an annotation lists; the summary and the outputs have them all. */
export const NAMED_PACKAGES = 3

/** The first names, and how many more there are. */
export function namesOf(packages: readonly string[]): string {
  const named = packages.slice(0, NAMED_PACKAGES)
  const more = packages.length - named.length
  return more > 0 ? `${named.join(', ')} and ${more} more` : enumeration(named)
}

/** The first of Composer's words for a file that is no JSON. Source: `Json/JsonFile.php::validateSyntax`. */
export function noValidJson(path: string): string {
  return `"${path}" does not contain valid JSON`
}

/** Its second words for a file with a byte order mark: those that tell the cause. Source: `JsonParser` of seld/jsonlint. */
export const BOM_DETECTED = 'BOM detected, make sure your input does not include a Unicode Byte-Order-Mark'

/** Composer's words for a root requirement that no repository has. Source: `DependencyResolver/Problem.php`. */
export function notFound(name: string | undefined): string {
  return `Root composer.json requires ${name}, it could not be found in any version, there may be a typo in the package name.`
}

/** Composer's words for a package that it is to update and that only composer.lock has. Source: `DependencyResolver/Problem.php`. */
export function onlyInLock(name: string | undefined, version: string): string {
  return `found ${name}[${version}] in the lock file but not in remote repositories, make sure you avoid updating this package to keep the one from the lock file.`
}

/** And for one that has other versions, which will not do. */
export function notInstallable(name: string, versions: readonly string[], unstable: boolean): string {
  const [they, are] = versions.length === 1 ? ['it does', 'is'] : ['these do', 'are']
  return `found ${name}[${versions.toReversed().join(', ')}] but ${they} not match your ${unstable ? 'minimum-stability' : 'constraint'} and ${are} therefore not installable.`
}

/** Composer's words for what is asked for by name. Source: `CreateProjectCommand::installRootPackage`. */
export function notSelected(name: string | undefined, constraint: string | undefined, stability: string): string {
  return `Could not find package ${name} with ${constraint === undefined ? `stability ${stability}` : `version ${constraint}`}.`
}

/** The command that writes packages into composer.lock anew; of several, or of names that a shell might read otherwise, in words. */
export function updateOf([first = '', ...more]: readonly string[]): string {
  if (more.length > 0) return '`composer update` for these packages'
  return /^[\w./-]+$/.test(first) ? `\`composer update ${first}\`` : '`composer update` for it'
}

/** “1 second”, “2.5 seconds”. */
export function inSeconds(seconds: number): string {
  const rounded = Math.round(seconds * 10) / 10
  return `${rounded} second${rounded === 1 ? '' : 's'}`
}
