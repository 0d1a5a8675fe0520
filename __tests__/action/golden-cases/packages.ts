import { accounts, createPackage } from '../../../testing/catalogue.mjs'
import { repository as startedRepository } from '../../server/access-step.js'
import { pathWithComposer } from '../../testing/stand-in-composer.js'
import {
  atAdobe,
  type GoldenCase,
  lock,
  manifest,
  type Options,
  own,
  plain,
  says,
  status,
  step,
  unknown,
  withoutComposer,
} from '../golden-case.js'

const { commerce } = accounts
const COMMERCE = 'magento/product-enterprise-edition'

/** What a project requires and nobody gives it, without a lock. */
function required(name: string, require: Readonly<Record<string, string>>, options: Options = {}): GoldenCase {
  return atAdobe('package-denied', `required: ${name}`, { files: { 'composer.json': manifest(require) }, ...options })
}

/** What a lock names. */
function locked(
  name: string,
  packages: readonly (string | Readonly<Record<string, unknown>>)[],
  options: Options = {},
): GoldenCase {
  const files = { 'composer.json': manifest({}), 'composer.lock': lock(...packages) }
  return atAdobe('package-denied', `locked: ${name}`, { files, ...options })
}

const extensions = Object.fromEntries(Array.from({ length: 12 }, (_, index) => [`acme/module-${index + 1}`, '*']))

/** What a lock has that is nothing but its requirements. */
const bundle = (require: Readonly<Record<string, string>>) => ({
  name: 'acme/bundle',
  version: '1.0.0',
  type: 'metapackage',
  require,
})

/** A repository that is not asked: its options shape the request. */
const unasked = (url: string) => ({ type: 'composer', url, options: { http: { header: ['X-Shop: acme'] } } })
/** A metapackage of a lock, with what it requires. */
function metapackage(name: string, required: string) {
  return { ...unknown(name), type: 'metapackage', dist: undefined, require: { [required]: '*' } }
}

export const packageCases: readonly GoldenCase[] = [
  required('Commerce', { [COMMERCE]: '2.4.8' }),
  required('B2B, with keys of Commerce', { [COMMERCE]: '2.4.8', 'magento/extension-b2b': '*' }, { keys: commerce }),
  required('Cloud', { 'magento/magento-cloud-metapackage': '2.4.8', 'magento/ece-tools': '*' }),
  required('an extension', { 'acme/module-paid': '^1.0' }),
  required('an extension of Hyvä', { 'hyva-themes/magento2-default-theme': '^1.3' }),
  required('an extension of Amasty', { 'amasty/shopby': '*', 'amasty/promo': '*' }),
  required('sample data', { 'magento/module-catalogue-sample-data': '*' }),
  required('a name of Magento that does not exist', { 'magento/module-wishlsit': '*' }),
  required('twelve extensions, Commerce and B2B', { ...extensions, [COMMERCE]: '*', 'magento/extension-b2b': '*' }),
  required(
    'what a repository that cannot be asked may have',
    { 'acme/module-paid': '^1.0' },
    {
      files: {
        'composer.json': manifest({ 'acme/module-paid': '^1.0' }, [unasked('https://satis.example.invalid/acme')]),
      },
    },
  ),
  required(
    'what a filter leaves out',
    { 'magento/framework': '*' },
    {
      files: {
        'composer.json': JSON.stringify(
          {
            require: { 'magento/framework': '*' },
            repositories: [{ type: 'composer', url: '{url}', only: ['acme/*'] }, { 'packagist.org': false }],
          },
          null,
          4,
        ),
      },
    },
  ),
  atAdobe('package-denied', 'create-project', {
    inputs: { packages: 'magento/project-enterprise-edition:2.4.8' },
  }),
  locked('Commerce', ['magento/framework', 'magento/magento2-ee-base', 'magento/module-staging']),
  locked('Commerce, which the metapackage tells', [
    'magento/framework',
    metapackage('magento/product-enterprise-edition', 'magento/module-async-order'),
    unknown('magento/module-async-order'),
  ]),
  locked('Commerce, which a metapackage of its metapackage tells', [
    'magento/framework',
    metapackage('magento/product-enterprise-edition', 'adobe-commerce/extensions-metapackage'),
    metapackage('adobe-commerce/extensions-metapackage', 'magento/commerce-backend-sdk'),
    metapackage('magento/commerce-backend-sdk', 'magento/module-commerce-backend-uix'),
    unknown('magento/module-commerce-backend-uix'),
  ]),
  locked('Commerce, with keys of Commerce', ['magento/magento2-ee-base', unknown('magento/module-staging-of-old')], {
    keys: commerce,
  }),
  locked('B2B', ['magento/framework', 'magento/module-company'], { keys: commerce }),
  locked('extensions', ['magento/framework', 'acme/module-paid', 'acme/module-free']),
  locked('a version of Open Source that is gone', ['magento/framework', unknown('magento/module-wishlist')]),
  locked('an extension of Hyvä', ['magento/framework', unknown('hyva-themes/magento2-reset-theme')]),
  locked('what the vendor folder has already', ['magento/framework', 'acme/module-paid'], {
    files: {
      'composer.json': manifest({}),
      'composer.lock': lock('magento/framework', 'acme/module-paid'),
      'vendor/composer/installed.json': JSON.stringify({
        packages: [{ name: 'acme/module-paid', version: '1.0.0', 'install-path': '../acme/module-paid' }],
      }),
      'vendor/acme/module-paid/composer.json': '{}',
    },
  }),
  locked('an extension that a partial update names, and another package requires', [], {
    inputs: { 'composer-command': 'update acme/module-paid' },
    files: {
      'composer.json': manifest({ 'acme/bundle': '*' }),
      'composer.lock': lock('acme/module-paid', bundle({ 'acme/module-paid': '^1.0' })),
    },
  }),
  locked('an archive that is forbidden', ['magento/framework', 'acme/module-paid'], {
    fault: status(403),
    faultAt: /module-paid.*\.zip$/,
  }),
  plain('package-denied', 'a vendor’s own repository', {
    files: { 'composer.json': manifest({ 'acme/module-paid': '^1.0' }) },
  }),
  plain('package-denied', 'a mirror of Adobe’s', {
    files: { 'composer.json': manifest({}), 'composer.lock': lock('magento/framework', 'magento/magento2-ee-base') },
  }),
  plain('package-denied', 'an address without a host', {
    files: {
      'composer.json': manifest({}),
      'composer.lock': lock('magento/framework', {
        ...unknown('mageworx/module-all'),
        dist: { type: 'zip', url: '/mw-modules/all.zip' },
      }),
    },
  }),
  plain('package-denied', 'no repository has it', {
    files: {
      'composer.json': JSON.stringify({
        require: { 'acme/nothing': '*' },
        repositories: [
          { type: 'package', package: { name: 'acme/other', version: '1.0.0' } },
          { 'packagist.org': false },
        ],
      }),
    },
  }),

  atAdobe('version-unavailable', 'a version that is not there', {
    files: { 'composer.json': manifest({ 'magento/product-community-edition': '9.9.9' }) },
  }),
  plain('version-unavailable', 'at a vendor', {
    files: { 'composer.json': manifest({ 'magento/product-community-edition': '9.9.9' }) },
  }),
  atAdobe(
    'version-unavailable',
    'only pre-releases',
    { files: { 'composer.json': manifest({ 'acme/module-unreleased': '*' }) } },
    { packages: ['2.0.0-alpha1', '2.0.0-beta1'].map((version) => createPackage('acme/module-unreleased', version)) },
  ),
  atAdobe('version-unavailable', 'which a repository that cannot be asked may have', {
    files: {
      'composer.json': JSON.stringify(
        {
          require: { 'magento/product-community-edition': '9.9.9' },
          repositories: [
            unasked('https://satis.example.invalid/acme'),
            { type: 'composer', url: '{url}' },
            { 'packagist.org': false },
          ],
        },
        null,
        4,
      ),
    },
  }),
  atAdobe('version-unavailable', 'of a module in a folder that names none', {
    files: {
      'composer.json': manifest({ 'acme/local': '^1.0' }, [{ type: 'path', url: 'modules/*' }]),
      'modules/local/composer.json': '{"name": "acme/local"}',
    },
  }),
  atAdobe('version-unavailable', 'of a module in a folder that names one', {
    files: {
      'composer.json': manifest({ 'acme/local': '^1.0' }, [{ type: 'path', url: 'modules/*' }]),
      'modules/local/composer.json': '{"name": "acme/local", "version": "2.1.0"}',
    },
  }),
  atAdobe('version-unavailable', 'of a package in composer.json', {
    files: {
      'composer.json': manifest({ 'acme/inline': '^1.0' }, [
        { type: 'package', package: { name: 'acme/inline', version: '2.1.0', type: 'metapackage' } },
      ]),
    },
  }),
  atAdobe('version-unavailable', 'of what a package requires that a partial update leaves', {
    inputs: { 'composer-command': 'update magento/framework' },
    files: {
      'composer.json': manifest({ 'acme/bundle': '*' }),
      'composer.lock': lock('magento/framework', bundle({ 'magento/framework': '99.0.*' })),
    },
  }),
  atAdobe('version-unavailable', 'beside a constraint in composer-command', {
    inputs: { 'composer-command': 'update magento/framework:103.0.9' },
    files: {
      'composer.json': manifest({ 'magento/framework': '^103.0' }),
      'composer.lock': lock('magento/framework'),
    },
  }),
  atAdobe('version-unavailable', 'create-project', {
    inputs: { packages: 'magento/project-community-edition:2.4.99' },
  }),

  own('credentials-missing', 'another host wants credentials', async (job, repository) => {
    const vendor = await startedRepository()
    const files = {
      'composer.json': manifest({ 'magento/framework': '*', 'vendor/module': '*' }, [
        { type: 'composer', url: vendor.url },
      ]),
    }
    return step(job, repository.url, { files })
  }),
  own('credentials-missing', 'of which nothing is needed', async (job, repository) => {
    const vendor = await startedRepository()
    const files = {
      'composer.json': manifest({ 'magento/framework': '*' }, [{ type: 'composer', url: vendor.url }]),
    }
    return step(job, repository.url, { files })
  }),
  own('credentials-missing', 'a host of archives that composer.lock alone names', async (job, repository) => {
    const vendor = await startedRepository()
    return step(job, repository.url, {
      files: archiveAt(vendor, '/archives/magento/framework/magento-framework-103.0.8.0.zip'),
    })
  }),
  own('credentials-missing', 'a preferred mirror, beside another address', async (job, repository) => {
    const vendor = await startedRepository()
    const mirrors = [
      { url: `${vendor.url}/archives/magento/framework/magento-framework-103.0.8.0.zip`, preferred: true },
    ]
    const url = `${repository.url}/archives/magento/framework/magento-framework-103.0.8.0.zip`
    const files = {
      'composer.json': manifest({ 'magento/framework': '*' }),
      'composer.lock': lock(unknown('magento/framework', { dist: { type: 'zip', url, mirrors } })),
    }
    return step(job, repository.url, { files })
  }),
  own('package-denied', 'an archive that nobody gets without credentials', async (job, repository) => {
    const vendor = await startedRepository({ anonymous: true })
    return step(job, repository.url, { files: archiveAt(vendor, '/archives/vendor/module.zip') })
  }),
  atAdobe('credentials-missing', 'Hyvä’s own repository', {
    files: {
      'composer.json': manifest({ 'magento/framework': '*', 'hyva-themes/magento2-default-theme': '*' }, [
        { type: 'composer', url: 'https://hyva-themes.repo.packagist.com/' },
      ]),
    },
  }),
  own('credentials-missing', 'a section that this Composer does not know', async (job, repository) => {
    const vendor = await startedRepository()
    const files = {
      'composer.json': manifest({ 'magento/framework': '*' }, [{ type: 'composer', url: vendor.url }]),
    }
    const auth = { 'forgejo-token': { [vendor.origin]: { username: 'shop', token: 'a-token-of-the-shop' } } }
    const env = { PATH: pathWithComposer(job, '2.8.12') }
    return step(job, repository.url, { files, env, inputs: { 'composer-auth': JSON.stringify(auth) } })
  }),
  own('credentials-missing', 'headers that those of another place replace', async (job, repository) => {
    const vendor = await startedRepository()
    const headers = (host: string) => JSON.stringify({ 'custom-headers': { [host]: ['X-Token: a-token-of-the-shop'] } })
    const files = {
      'composer.json': manifest({ 'magento/framework': '*' }, [{ type: 'composer', url: vendor.url }]),
      'auth.json': headers('repo.example.com'),
    }
    const env = { PATH: pathWithComposer(job, '2.10.3') }
    return step(job, repository.url, { files, env, inputs: { 'composer-auth': headers(vendor.origin) } })
  }),
  own('credentials-missing', 'an entry that misses the host', async (job, repository) => {
    const vendor = await startedRepository()
    const files = {
      'composer.json': manifest({ 'magento/framework': '*' }, [{ type: 'composer', url: vendor.url }]),
    }
    const auth = { 'http-basic': { [`https://${vendor.origin}/`]: { username: 'shop', password: 'a-password' } } }
    return step(job, repository.url, { files, inputs: { 'composer-auth': JSON.stringify(auth) } })
  }),
  own('package-denied', 'a repository refuses the file of one package', async (job) => {
    const server = await startedRepository({ protocol: 'v2' })
    server.faults.order(/^\/p2\/magento/, says(401, 'The token has no access to this package.'))
    return step(job, server.url, { files: { 'composer.json': manifest({ 'magento/framework': '*' }) } })
  }),
  plain('credentials-missing', 'beside no composer.json', { inputs: { 'auth-location': 'project' } }),

  withoutComposer('published-time-missing', 'a cooldown', {
    files: {
      'composer.json': JSON.stringify(
        {
          require: { 'magento/framework': '*' },
          repositories: [{ type: 'composer', url: '{url}' }, { 'packagist.org': false }],
          config: { 'secure-http': false, policy: { cooldown: { period: '7 days' } } },
        },
        null,
        4,
      ),
    },
  }),

  plain('insecure-url', 'a repository over http', {
    files: {
      'composer.json': JSON.stringify(
        {
          require: { 'vendor/module': '*' },
          repositories: [{ type: 'composer', url: 'http://packages.invalid/' }, { 'packagist.org': false }],
        },
        null,
        4,
      ),
    },
  }),
  plain('insecure-url', 'a repository without a scheme', {
    files: {
      'composer.json': JSON.stringify(
        {
          require: { 'vendor/module': '*' },
          repositories: [{ type: 'composer', url: 'packages.invalid/composer' }, { 'packagist.org': false }],
        },
        null,
        4,
      ),
    },
  }),
  plain('insecure-url', 'an archive over http', {
    files: {
      'composer.json': JSON.stringify({ repositories: [{ 'packagist.org': false }] }),
      'composer.lock': lock(
        unknown('vendor/module', { dist: { type: 'zip', url: 'http://packages.invalid/module-1.0.0.zip' } }),
      ),
    },
  }),
  own('insecure-url', 'an archive over http, without a lock', async (job, repository) => {
    const dist = { type: 'zip', url: 'http://packages.invalid/module-1.0.0.zip' }
    const packages = [{ type: 'package', package: { name: 'vendor/module', version: '1.0.0', dist } }]
    const files = {
      'composer.json': JSON.stringify(
        { require: { 'vendor/module': '1.0.0' }, repositories: [...packages, { 'packagist.org': false }] },
        null,
        4,
      ),
    }
    return step(job, repository.url, { files })
  }),
]

/** A lock with one package, whose archive is elsewhere. */
function archiveAt({ url }: { readonly url: string }, path: string): Record<string, string> {
  return {
    'composer.json': manifest({ 'vendor/module': '*' }),
    'composer.lock': lock(unknown('vendor/module', { dist: { type: 'zip', url: `${url}${path}` } })),
  }
}
