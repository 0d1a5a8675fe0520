import { createServer as createHttpServer } from 'node:http'
import { createSecureServer } from 'node:http2'
import { startDistance } from '../testing/distance.mjs'
import { startRepository } from '../testing/repository.mjs'

/**
 * @typedef {import('../testing/distance.mjs').Traffic & { requests: number }} Cost what a program cost the server
 */

/**
 * Starts the test repository at a distance, over https with HTTP/2 as repo.magento.com speaks it, or over http. What it has
 * answered once is answered from memory, so that its own work, which grows with the catalogue, does not stand in the table.
 *
 * @param {{ packages: readonly import('../testing/catalogue.mjs').CataloguePackage[],
 *   account: import('../testing/catalogue.mjs').Account, tls?: { key: string, cert: string } }} options
 */
export async function startServer({ packages, account, tls }) {
  /** @type {Map<string, Promise<{ status: number, headers: Record<string, string>, body: Buffer }>>} */
  const answers = new Map()
  let requests = 0
  const answer = async (
    /** @type {Asked} */ { url: path = '', headers: { authorization = '' } },
    /** @type {Reply} */ reply,
  ) => {
    requests++
    const key = `${authorization} ${path}`
    const known = answers.get(key) ?? fetched(`${repository.url}${path}`, authorization)
    answers.set(key, known)
    const { status, headers, body } = await known
    reply.writeHead(status, headers)
    reply.end(body)
  }
  const server = tls === undefined ? createHttpServer(answer) : createSecureServer({ ...tls, allowHTTP1: true }, answer)
  server.on('sessionError', () => {})
  await new Promise((done) => server.listen(0, '127.0.0.1', () => done(undefined)))
  const distance = await startDistance({ port: portOf(server) })
  // The name that the certificate is for.
  const publicUrl = tls === undefined ? `http://127.0.0.1:${distance.port}` : `https://localhost:${distance.port}`
  const repository = await startRepository({ packages, accounts: { account }, publicUrl })
  return {
    url: publicUrl,
    moveTo: distance.moveTo,
    /** What went on since this was last asked. @returns {Cost} */
    cost() {
      const cost = { ...distance.take(), requests }
      requests = 0
      return cost
    },
    async close() {
      await distance.close()
      server.close()
      await repository.close()
    },
  }
}

/** @typedef {Awaited<ReturnType<typeof startServer>>} Server */
/** @typedef {{ url?: string | undefined, headers: import('node:http').IncomingHttpHeaders }} Asked */
/** @typedef {{ writeHead(status: number, headers: Record<string, string>): unknown, end(body: Buffer): unknown }} Reply */

/** @param {string} url @param {string} authorization */
async function fetched(url, authorization) {
  const answer = await fetch(url, { headers: { authorization, 'accept-encoding': 'identity' } })
  const body = Buffer.from(await answer.arrayBuffer())
  const headers = { 'content-type': answer.headers.get('content-type') ?? '', 'content-length': String(body.length) }
  return { status: answer.status, headers, body }
}

/** @param {import('node:net').Server} server */
function portOf(server) {
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('The server has no port')
  return address.port
}
