import type { Unchecked, WhyUnchecked } from '../check/unchecked-hosts.js'
import { namesOf } from '../problems/phrases.js'
import { code } from './markdown.js'

/** Hosts beyond these are counted. */
const NAMED_HOSTS = 20

const REASONS: Readonly<Record<WhyUnchecked, { readonly sentence: string; readonly short: string }>> = {
  credentials: {
    sentence: 'Composer holds headers, a certificate or a token for it, which this action does not send',
    short: 'headers, a certificate or a token',
  },
  options: {
    sentence: 'its `options` in composer.json or composer.lock shape the request, which this action does not follow',
    short: '`options` of its own',
  },
  http: { sentence: 'over http this action asks nobody but this machine', short: 'http' },
  address: { sentence: 'its address is not a URL', short: 'not a URL' },
  'too-many': {
    sentence: 'composer.json does not name it, and ten such hosts were asked already',
    short: 'too many hosts that composer.json does not name',
  },
}

/** What the log says of hosts that were not asked: a line for each, and how many more there are; and one of packages. */
export function uncheckedLines({ hosts, packages }: Unchecked): string[] {
  const lines = hosts.slice(0, NAMED_HOSTS).map(({ host, why }) => `${host} was not checked: ${REASONS[why].sentence}.`)
  const further = hosts.length - NAMED_HOSTS
  return [
    ...lines,
    ...(further > 0 ? [`${further} more hosts were not checked.`] : []),
    ...(packages.length > 0 ? [packagesLine(packages)] : []),
  ]
}

function packagesLine(packages: readonly string[]): string {
  const [were, they] = packages.length === 1 ? ['was', 'it'] : ['were', 'they']
  return `${namesOf(packages)} ${were} not checked: ${they} may come from version control or a folder that composer.json names.`
}

/** The same in a cell of the summary. */
export function uncheckedCell({ hosts, packages }: Unchecked): string {
  const named = hosts.slice(0, NAMED_HOSTS).map(({ host, why }) => `${code(host)}: ${REASONS[why].short}`)
  const further = hosts.length - NAMED_HOSTS
  return [
    ...named,
    ...(further > 0 ? [`and ${further} more`] : []),
    ...(packages.length > 0 ? [`${namesOf(packages.map(code))}: may come from version control or a folder`] : []),
  ].join('; ')
}
