import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { selfSigned } from './certificate.mjs'
import { startProxy } from './proxy.mjs'
import { startRepository } from './repository.mjs'

/** The name whose habits the action knows. */
export const HOST = 'repo.magento.com'

// What of this machine would lead elsewhere, or trust others.
const OF_THE_NETWORK = /^(?:COMPOSER(?:_.*)?|SSL_CERT_\w+|NODE_EXTRA_CA_CERTS|(?:\w+_)?(?:no_)?proxy)$/i

/**
 * Starts the test repository under the name repo.magento.com: whoever takes the variables in `env` finds it there
 * through a proxy of this machine, trusts its certificate, and reaches nothing else.
 *
 * @param {string} folder for the certificate
 * @param {NodeJS.ProcessEnv} env what the variables are added to
 */
export async function startUnderItsName(folder, env) {
  const tls = selfSigned(HOST)
  const authorities = join(folder, 'authorities.pem')
  writeFileSync(authorities, tls.cert)
  const repository = await startRepository({ tls, publicUrl: `https://${HOST}` })
  const { host, port } = repository
  const proxy = await startProxy({ resolve: { [HOST]: { host, port } } })
  const others = Object.entries(env).filter(([name]) => !OF_THE_NETWORK.test(name))
  return {
    url: repository.publicUrl,
    env: { ...Object.fromEntries(others), http_proxy: proxy.url, https_proxy: proxy.url, COMPOSER_CAFILE: authorities },
    /** @returns {Promise<unknown>} */
    close: () => Promise.all([proxy.close(), repository.close()]),
  }
}
