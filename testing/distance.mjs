import { connect, createServer } from 'node:net'

const HOST = '127.0.0.1'

/**
 * What went through since the counts were last taken.
 *
 * @typedef {object} Traffic
 * @property {number} connections
 * @property {number} roundTrips the longest chain of something sent and something that came back for it; connecting is one
 * @property {number} sent bytes from the client, those of TLS included
 * @property {number} received bytes to the client
 */

/**
 * Puts a server on this machine at a distance: everything between a client and the server takes half the time of a round
 * trip in either direction, and connecting takes a whole one. Nothing of what is sent is read or changed.
 *
 * Round trips are counted and not timed. What comes back for something that was sent is one round trip later; what a client
 * sends may follow from all that has come to it until then. The slow start of TCP is not played.
 *
 * @param {{ port: number, milliseconds?: number }} options of the server on this machine; the time of a round trip
 */
export async function startDistance({ port: target, milliseconds = 0 }) {
  /** @type {Set<import('node:net').Socket>} */
  const sockets = new Set()
  let distance = milliseconds
  let traffic = noTraffic()
  /** How many round trips have come to the client by now. */
  let arrived = 0

  const server = createServer({ noDelay: true }, (client) => {
    const upstream = connect({ host: HOST, port: target, noDelay: true })
    for (const socket of [client, upstream]) {
      sockets.add(socket)
      socket.on('error', () => socket.destroy())
      socket.once('close', () => sockets.delete(socket))
    }
    traffic.connections++
    // The client believes that it is connected; what it sends now it would know to send one round trip later.
    const connected = arrived + 1
    let sent = connected
    const toServer = delayed(upstream, () => distance / 2)
    const toClient = delayed(client, () => distance / 2)
    let first = true
    client.on('data', (chunk) => {
      traffic.sent += chunk.length
      const sends = Math.max(connected, arrived)
      toServer(chunk, first ? distance : 0, () => {
        sent = Math.max(sent, sends)
      })
      first = false
    })
    upstream.on('data', (chunk) => {
      traffic.received += chunk.length
      const comes = sent + 1
      toClient(chunk, 0, () => {
        arrived = Math.max(arrived, comes)
        traffic.roundTrips = arrived
      })
    })
    client.once('end', () => toServer(null, 0))
    upstream.once('end', () => toClient(null, 0))
    client.once('close', () => upstream.destroy())
    upstream.once('close', () => toClient(null, 0))
  })
  await new Promise((done, reject) => {
    server.once('error', reject)
    server.listen(0, HOST, () => done(undefined))
  })
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('There is no port')
  return {
    port: address.port,
    /** @param {number} roundTrip milliseconds */
    moveTo(roundTrip) {
      distance = roundTrip
    },
    /** The counts, which begin again. @returns {Traffic} */
    take() {
      const taken = traffic
      traffic = noTraffic()
      arrived = 0
      return taken
    },
    /** @returns {Promise<void>} */
    close() {
      return new Promise((done) => {
        server.close(() => done())
        for (const socket of sockets) socket.destroy()
      })
    },
  }
}

/** @typedef {Awaited<ReturnType<typeof startDistance>>} Distance */

/** @returns {Traffic} */
function noTraffic() {
  return { connections: 0, roundTrips: 0, sent: 0, received: 0 }
}

/**
 * Writes to a socket later, in the order in which it is told to; null ends it.
 *
 * @param {import('node:net').Socket} socket
 * @param {() => number} delay milliseconds
 */
function delayed(socket, delay) {
  let last = 0
  return (
    /** @type {Buffer | null} */ chunk,
    /** @type {number} */ more,
    /** @type {() => void} */ arrives = () => {},
  ) => {
    const write = () => {
      arrives()
      if (chunk === null) socket.end()
      else if (!socket.destroyed) socket.write(chunk)
    }
    const wait = delay() + more
    if (wait === 0 && last === 0) return write()
    last = Math.max(last, performance.now() + wait)
    setTimeout(write, last - performance.now())
  }
}
