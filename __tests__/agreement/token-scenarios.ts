import { createAccount } from '../../testing/catalogue.mjs'
import type { Repository } from '../../testing/repository.mjs'
import type { Manifest, Scenario } from './scenario.js'
import { composerRepository, GOOD, project, REQUIRE } from './shop.js'

interface Servers {
  readonly v1: Repository
  readonly vendor: Repository
  /** The vendor's packages, for everybody to see, with archives at the vendor's own host. */
  readonly published: Repository
  /** The vendor's packages, for whoever sends a token in the header that GitLab names. */
  readonly privateTokens: Repository
}

const customer = createAccount('customer of the vendor')
const stranger = createAccount('no customer of the vendor')

/** Whoever sends a token as GitLab documents it for those of persons, projects and groups. */
export function privateTokenOf(headers: Readonly<Record<string, string | readonly string[] | undefined>>) {
  const token = headers['private-token']
  return token === customer.privateKey ? { username: customer.publicKey, password: token } : null
}

/** Tokens of forges, which Composer sends in a header of its own or as a password. */
export function byTokenOfForge({ v1, vendor, published, privateTokens }: Servers): Scenario[] {
  const { publicKey: username, privateKey: token } = customer
  const at = (server: Repository, config: Record<string, unknown> = {}): Manifest =>
    project({ ...REQUIRE, 'vendor/module-private': '*' }, [composerRepository(v1), composerRepository(server)], config)
  const base = { group: 'tokens of forges', main: v1, keys: GOOD }
  const given = (auth: unknown) => ({ inputs: { 'composer-auth': JSON.stringify(auth) } })
  const gitLab = (entry: unknown) => given({ 'gitlab-token': { [privateTokens.origin]: entry } })
  const basic = given({ 'http-basic': { [privateTokens.origin]: { username: token, password: 'private-token' } } })
  const header = at(privateTokens)
  const forgejo = (secret: string) => given({ 'forgejo-token': { [vendor.origin]: { username, token: secret } } })
  const cases: Readonly<Record<string, Partial<Scenario> & { readonly manifest: Manifest }>> = {
    'gitlab-token': { manifest: header, ...gitLab(token) },
    'gitlab-token, a wrong one': { manifest: header, ...gitLab(stranger.privateKey) },
    'gitlab-token, an empty one': { manifest: header, ...gitLab('') },
    'gitlab-token with a user name, where the header is wanted': { manifest: header, ...gitLab({ username, token }) },
    'gitlab-token, where a pair is wanted': {
      manifest: at(vendor),
      ...given({ 'gitlab-token': { [vendor.origin]: token } }),
    },
    'http-basic with the password private-token': { manifest: header, ...basic },
    'http-basic with the password private-token, gitlab-domains has the host': {
      manifest: at(privateTokens, { 'gitlab-domains': [privateTokens.origin] }),
      ...basic,
    },
    'forgejo-token': { manifest: at(vendor), ...forgejo(token) },
    'forgejo-token, a wrong one': { manifest: at(vendor), ...forgejo(stranger.privateKey) },
  }
  return [
    ...Object.entries(cases).map(([name, one]) => ({ ...base, ...one, name })),
    {
      ...base,
      name: 'forgejo-token, lock',
      // Made from what everybody may see, with the same archives.
      manifest: at(published),
      manifestText: JSON.stringify(at(vendor), null, 4),
      lock: {},
      ...forgejo(token),
    },
  ]
}
