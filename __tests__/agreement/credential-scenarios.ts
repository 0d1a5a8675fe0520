import { type Account, accounts } from '../../testing/catalogue.mjs'
import type { Repository } from '../../testing/repository.mjs'
import type { Scenario } from './scenario.js'

const GOOD = accounts.openSource
const BAD = accounts.disabled
const REQUIRE = { 'magento/product-community-edition': '2.4.8' }

/** What the step is given, and other credentials for the same host in one more place: whose are judged, and do they work? */
export function byPlace({ v1 }: { readonly v1: Repository }): Scenario[] {
  const pair = ({ publicKey, privateKey }: Account) => ({ username: publicKey, password: privateKey })
  const basic = (account: Account) => ({ 'http-basic': { [v1.origin]: pair(account) } })
  const manifest = (url: string, config: Readonly<Record<string, unknown>>) => ({
    require: REQUIRE,
    repositories: [{ type: 'composer', url }, { 'packagist.org': false }],
    config: { 'secure-http': false, ...config },
  })
  const inUrl = ({ publicKey, privateKey }: Account) => v1.url.replace('://', `://${publicKey}:${privateKey}@`)

  /** The other place, as a part of a scenario. */
  const PLACES: Readonly<Record<string, (other: Account) => Partial<Scenario>>> = {
    COMPOSER_AUTH: (other) => ({ composerAuth: { [v1.origin]: other } }),
    'the project’s auth.json': (other) => ({ later: { 'workspace/auth.json': basic(other) } }),
    'config of composer.json': (other) => ({ manifestText: JSON.stringify(manifest(v1.url, basic(other)), null, 4) }),
    'the URL in composer.json': (other) => ({ manifestText: JSON.stringify(manifest(inUrl(other), {}), null, 4) }),
    'config.json of the home': (other) => ({ later: { 'home/.composer/config.json': { config: basic(other) } } }),
    'bearer in auth.json of the home': (other) => ({
      later: { 'home/.composer/auth.json': { bearer: { [v1.origin]: other.privateKey } } },
    }),
  }
  const base = { group: 'credentials in two places', main: v1, manifest: manifest(v1.url, {}) }
  const beside = (place: string, given: Account, other: Account) => ({
    ...base,
    ...PLACES[place]?.(other),
    keys: given,
    name: `${given === GOOD ? 'good' : 'bad'} keys, ${other === GOOD ? 'good' : 'bad'} ones in ${place}`,
  })
  const cases = Object.keys(PLACES).flatMap((place) => [beside(place, GOOD, BAD), beside(place, BAD, GOOD)])
  const located = ['project', 'env'].flatMap((location) =>
    ['COMPOSER_AUTH', 'the project’s auth.json'].flatMap((place) =>
      [beside(place, GOOD, BAD), beside(place, BAD, GOOD)].map((scenario) => ({
        ...scenario,
        name: `${scenario.name}, auth-location ${location}`,
        inputs: { 'auth-location': location },
      })),
    ),
  )
  return [
    ...cases.map((scenario) => ({ ...scenario, name: `${scenario.name}, no lock` })),
    ...cases.map((scenario) => ({ ...scenario, name: `${scenario.name}, lock`, lock: {} })),
    ...located,
    {
      ...base,
      name: 'keys in composer-auth',
      keys: { publicKey: '', privateKey: '' },
      inputs: { 'composer-auth': JSON.stringify(basic(GOOD)) },
    },
    {
      ...base,
      name: 'bad keys in composer-auth',
      keys: { publicKey: '', privateKey: '' },
      inputs: { 'composer-auth': JSON.stringify(basic(BAD)) },
    },
    {
      ...base,
      name: 'good keys beside bad ones in composer-auth',
      keys: GOOD,
      inputs: { 'composer-auth': JSON.stringify({ ...basic(BAD), bearer: { [v1.origin]: 'x' } }) },
    },
    {
      ...base,
      name: 'no keys, good ones in the project’s auth.json',
      keys: { publicKey: '', privateKey: '' },
      ...PLACES['the project’s auth.json']?.(GOOD),
    },
    {
      ...base,
      name: 'no keys, bad ones in the project’s auth.json',
      keys: { publicKey: '', privateKey: '' },
      ...PLACES['the project’s auth.json']?.(BAD),
    },
    ...(
      [
        ['no JSON', '{"http-basic": {'],
        ['in single quotes', `'${JSON.stringify(basic(GOOD))}'`],
        ['an entry without a password', JSON.stringify({ 'http-basic': { [v1.origin]: { username: 'x' } } })],
        ['a list', `[${JSON.stringify(basic(GOOD))}]`],
        ['a bare text', '"token"'],
        ['an empty list', '[]'],
      ] as const
    ).map(([what, text]) => ({
      ...base,
      name: `COMPOSER_AUTH is ${what}`,
      keys: GOOD,
      env: { COMPOSER_AUTH: text },
    })),
    ...(
      [
        ['no JSON', '{"http-basic": {'],
        ['nothing', ''],
        ['a list', `[${JSON.stringify(basic(GOOD))}]`],
        ['a number', '42'],
        ['a broken entry for another host', '{"http-basic": {"other.example": "user:password"}}'],
      ] as const
    ).map(([what, text]) => ({
      ...base,
      name: `the project’s auth.json holds ${what}`,
      keys: GOOD,
      files: { 'auth.json': text },
    })),
  ]
}
