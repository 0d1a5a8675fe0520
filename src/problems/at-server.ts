import { STATUS_CODES } from 'node:http'
import { composerFailureMessage } from '../composer/failure-message.js'
import type { AtServer, Evidence } from './finding.js'

/** What Composer prints for an answer with an error's status. */
export function saysFor({ url, status }: AtServer): string {
  return composerFailureMessage(url, { kind: 'status', status: status ?? 0 })
}

/** The host that answered. */
export function answeredBy({ host, answeredBy: other }: AtServer): string {
  return other ?? host
}

/** A status with its name, since a number alone tells few people anything. */
export function statusOf({ status }: AtServer): string {
  return `${status ?? 'nothing'} ${STATUS_CODES[status ?? 0] ?? ''}`.trimEnd()
}

/** How often it was asked, where that was more than once. */
export function eachTime({ tries }: AtServer): string {
  return tries > 1 ? `, each of the ${tries} times it was asked` : ''
}

/** The proxy in between, in brackets. */
export function through({ proxy }: AtServer): string {
  return proxy === undefined ? '' : ` (this request went through the proxy ${proxy})`
}

/** Why a failing packages.json is no error, or one although Composer may not read it. */
export function onlyMetadata({ weight }: AtServer): string {
  switch (weight) {
    case 'fatal':
      return ''
    case 'plugin-reads':
      return 'composer.lock installs the plugin magento/composer-dependency-version-audit-plugin, which looks every package up in all repositories while Composer installs; it stops there, although archives need no packages.json.'
    case 'archives-fail':
      return 'The archives that composer.lock downloads from there fail in the same way.'
    case 'archives-work':
      return 'The archives that composer.lock downloads from there can be had, so `composer install` works without packages.json.'
    case 'archives-differ':
      return '`composer install` does not need packages.json; what its archives answer is reported by itself.'
    case 'perhaps':
      return 'Other repositories of composer.json come before it, so Composer may not ask it at all: this is a warning.'
    case 'unneeded':
      return 'Nothing that the coming command does needs this host, so this is a warning.'
  }
}

/** What whoever runs the network or the server needs to find the request in their records. */
export function evidenceOf({ url, status, proxy, trace, answeredBy: other }: AtServer): Evidence[] {
  const { time, resolved, connected, requestIds } = trace
  return [
    { name: 'request', value: `GET ${url}` },
    { name: 'at', value: time },
    ...(other === undefined ? [] : [{ name: 'redirected to', value: other }]),
    ...(status === undefined ? [] : [{ name: 'answer', value: `HTTP ${status}` }]),
    { name: 'proxy', value: proxy ?? 'none' },
    connected === undefined
      ? { name: 'addresses', value: addresses(resolved) }
      : { name: proxy === undefined ? 'connected to' : 'proxy’s address', value: connected },
    ...requestIds.flatMap(({ header, value }) => (value === '' ? [] : [{ name: header, value }])),
  ]
}

/** More addresses than so many are a content network's, and of no use. */
const MOST_ADDRESSES = 6

function addresses(resolved: readonly string[]): string {
  if (resolved.length === 0) return 'none'
  const shown = resolved.slice(0, MOST_ADDRESSES).join(', ')
  return resolved.length > MOST_ADDRESSES ? `${shown} and ${resolved.length - MOST_ADDRESSES} more` : shown
}
