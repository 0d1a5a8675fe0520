import { accounts } from '../../testing/catalogue.mjs'
import type { Repository } from '../../testing/repository.mjs'
import type { Scenario } from './scenario.js'
import { composerRepository, edited, project, REQUIRE } from './shop.js'

/** Composer breaks the words of its exceptions into lines of the terminal's width. */
const WIDE = { COLUMNS: '1000' }

/** `composer update` with names: what is not named stays as the lock has it. */
export function byPartialUpdate({ v1 }: { readonly v1: Repository }): Scenario[] {
  const extensions = { 'acme/module-paid': '^1.0', 'acme/module-free': '^1.0' }
  const manifest = project({ ...REQUIRE, ...extensions }, [composerRepository(v1)])
  const withDev = {
    ...project({ ...REQUIRE, 'acme/module-free': '^1.0' }, [composerRepository(v1)]),
    'require-dev': { 'acme/module-paid': '^1.0' },
  }
  const before = project(REQUIRE, [composerRepository(v1)])
  const commerce = project({ 'magento/product-enterprise-edition': '2.4.8', ...extensions }, [composerRepository(v1)])
  // Sees the free extension, and not the one that is bought.
  const base = { group: 'partial updates', main: v1, keys: accounts.commerce, manifest }
  const locked = { ...base, lock: {} }
  const warm = { ...locked, warm: 'vendor' } as const
  const visible = project({ ...REQUIRE, 'acme/module-free': '^1.0' }, [composerRepository(v1)])
  const inline = (require: Record<string, string>) => ({
    type: 'package',
    package: { name: 'local/package', version: '1.0.0', type: 'metapackage', require },
  })
  const requiring = (require: Record<string, string>) =>
    project({ ...REQUIRE, 'local/package': '*' }, [inline(require), composerRepository(v1)])
  const hidden = { ...warm, manifest: requiring({ 'acme/module-paid': '^1.0' }) }
  return [
    { ...warm, name: 'a visible package, the rest is in vendor', command: 'update acme/module-free' },
    { ...locked, name: 'a visible package, nothing is in vendor', command: 'update acme/module-free' },
    { ...warm, name: 'an invisible package', command: 'update acme/module-paid' },
    {
      ...locked,
      name: 'a package that is visible, as all others',
      manifest: visible,
      command: 'update acme/module-free',
    },
    { ...warm, name: 'a pattern that has an invisible one', command: 'update acme/*' },
    { ...warm, name: 'several, one of them invisible', command: 'update acme/module-free acme/module-paid' },
    { ...locked, name: '--no-dev', manifest: withDev, command: 'update acme/module-free --no-dev' },
    { ...locked, name: 'without --no-dev', manifest: withDev, command: 'update acme/module-free' },
    { ...warm, name: 'a package that is not in the lock', command: 'update acme/module-none' },
    { ...warm, name: '-w', command: 'update acme/module-free -w' },
    { ...warm, name: '-W', command: 'update acme/module-free --with-all-dependencies' },
    { ...warm, name: 'a requirement of a requirement', command: 'update magento/framework' },
    {
      ...warm,
      name: 'a root requirement that the lock does not have',
      manifest: before,
      later: { 'workspace/composer.json': manifest },
      command: 'update magento/product-community-edition',
    },
    {
      ...warm,
      name: 'rejected keys, everything in vendor',
      keys: accounts.disabled,
      command: 'update acme/module-free',
    },
    {
      ...warm,
      name: 'rejected keys, everything in vendor, nothing to be updated',
      keys: accounts.disabled,
      command: 'update acme/module-none',
    },
    { ...warm, name: 'an invisible edition is kept', manifest: commerce, command: 'update acme/module-free' },
    {
      ...warm,
      name: 'an invisible edition, -W',
      manifest: commerce,
      command: 'update magento/product-enterprise-edition -W',
    },
    { ...warm, name: 'a requirement of a requirement that is visible, -w', command: 'update magento/framework -w' },
    {
      ...hidden,
      name: 'an invisible requirement of a requirement that stays',
      command: 'update acme/module-paid',
    },
    {
      ...hidden,
      name: 'an invisible requirement of a requirement that stays, -W',
      command: 'update acme/module-paid -W',
    },
    {
      ...hidden,
      name: 'an invisible requirement of a requirement that is updated and requires it no more',
      later: { 'workspace/composer.json': requiring({}) },
      command: 'update acme/module-paid local/package',
    },
    {
      ...hidden,
      name: 'an invisible requirement of a package that nothing requires any more',
      later: { 'workspace/composer.json': before },
      command: 'update acme/module-paid',
    },
    {
      ...hidden,
      name: 'a requirement of a requirement in a version that is gone',
      keys: accounts.openSource,
      manifest: requiring({ 'magento/framework': '*' }),
      lock: edited('"magento/framework": "*"', '"magento/framework": "1.0.0"'),
      command: 'update magento/framework',
    },
    ...[
      ['a constraint that is met', 'update acme/module-free:1.0.*', {}],
      ['a constraint that no version meets', 'update acme/module-free:1.0.5', {}],
      ['a constraint that composer.json excludes', 'update acme/module-free:2.0.0', {}],
      ['a constraint for an invisible package', 'update acme/module-paid:1.0.0', {}],
      ['--with', 'update acme/module-free --with acme/module-free:1.0.5', {}],
      ['--with for what stays', 'update acme/module-free --with=acme/module-paid:^1.0', {}],
      ['--with for a whole update', 'update --with acme/module-free:1.0.5', { manifest: visible }],
      ['--with for a whole update, which is met', 'update --with acme/module-free:1.0.0', { manifest: visible }],
      ['a constraint for a requirement of a requirement', 'update magento/framework:1.0.0', {}],
      ['options that change nothing', 'update acme/module-free --no-interaction --no-progress --prefer-dist', {}],
    ].map(([name, command, more]) => ({ ...warm, ...(more as object), name, command, env: WIDE }) as Scenario),
    { ...warm, name: '--lock, an invisible package', command: 'update --lock' },
    { ...warm, name: '--lock, everything is visible', manifest: visible, command: 'update --lock' },
    {
      ...locked,
      name: '--lock, everything is visible, nothing is in vendor',
      manifest: visible,
      command: 'update --lock',
    },
    { ...warm, name: '--lock, called nothing', command: 'update nothing' },
    { ...warm, name: '--lock, rejected keys', manifest: visible, keys: accounts.disabled, command: 'update --lock' },
    {
      ...warm,
      name: '--lock, an invisible package for development',
      manifest: withDev,
      command: 'update --lock --no-dev',
    },
    {
      ...locked,
      name: '--lock, a version that is gone',
      manifest: visible,
      lock: edited(
        '"name": "acme/module-free",\n            "version": "1.0.0"',
        '"name": "acme/module-free",\n            "version": "1.0.9"',
      ),
      command: 'update --lock',
    },
    { ...base, name: '--lock without a lock', command: 'update --lock' },
    { ...base, name: 'without a lock', command: 'update acme/module-free' },
    {
      ...base,
      name: 'with config.lock false',
      manifest: project(REQUIRE, [composerRepository(v1)], { lock: false }),
      command: 'update acme/module-free',
    },
  ]
}
