import { createServer } from 'node:https'
import type { AddressInfo } from 'node:net'
import { startProxy } from '../../testing/proxy.mjs'
import { serverCertificate } from '../server/certificates.js'

/** GitHub's API on this machine, behind a proxy that alone knows its name. */
export interface GitHubApi {
  /** The token that it knows. */
  readonly token: string
  /** With which a job finds it. */
  readonly env: Readonly<Record<string, string>>
  close(): Promise<unknown>
}

/** @param archivesAt the repository to which it redirects whoever has the token, as GitHub does to another host */
export async function startGitHubApi(archivesAt: { readonly url: string }): Promise<GitHubApi> {
  const token = 'ghp_0123456789abcdefghijABCDEFGHIJ012345'
  const { server: tls, caFile } = await serverCertificate({ names: ['api.github.com'] })
  const server = createServer(tls, ({ headers, url = '' }, response) => {
    // The word before it differs by the version of Composer.
    const isKnown = /^(?:token|bearer) (.*)$/i.exec(headers.authorization ?? '')?.[1] === token
    if (!isKnown) response.writeHead(401).end('{"message": "Bad credentials"}')
    else if (url === '/rate_limit') response.end('{"resources": {"core": {"limit": 5000, "remaining": 4000}}}')
    else response.writeHead(302, { location: new URL(url, archivesAt.url).href }).end()
  })
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  const { port } = server.address() as AddressInfo
  const proxy = await startProxy({ resolve: { 'api.github.com': { host: '127.0.0.1', port } } })
  return {
    token,
    env: { https_proxy: proxy.url, COMPOSER_CAFILE: caFile },
    close: async () => {
      server.closeAllConnections()
      await Promise.all([new Promise((done) => server.close(done)), proxy.close()])
    },
  }
}
