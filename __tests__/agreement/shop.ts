import { accounts } from '../../testing/catalogue.mjs'
import type { Manifest } from './scenario.js'

/** A shop with Magento Open Source, and who may fetch it. */
export const GOOD = accounts.openSource
export const REQUIRE = { 'magento/product-community-edition': '2.4.8' }

export const composerRepository = ({ url }: { readonly url: string }, more: Record<string, unknown> = {}) => ({
  type: 'composer',
  url,
  ...more,
})

export function project(
  require: Readonly<Record<string, string>>,
  repositories: readonly unknown[],
  config: Record<string, unknown> = {},
): Manifest {
  return {
    require,
    repositories: [...repositories, { 'packagist.org': false }],
    config: { 'secure-http': false, ...config },
  }
}

/** A text of the lock for another one. */
export const edited = (from: string, to: string) => ({ edit: (lock: string) => lock.replaceAll(from, to) })
