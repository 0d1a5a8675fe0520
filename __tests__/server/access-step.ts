import { type Server as HttpServer, createServer as httpServer, type RequestListener } from 'node:http'
import { createServer as httpsServer, type ServerOptions } from 'node:https'
import type { AddressInfo } from 'node:net'
import { type Socket, type Server as TcpServer, createServer as tcpServer } from 'node:net'
import { networkInterfaces } from 'node:os'
import { afterEach } from '@jest/globals'
import { accounts } from '../../testing/catalogue.mjs'
import type { ProxyOptions } from '../../testing/proxy.mjs'
import { startProxy } from '../../testing/proxy.mjs'
import type { RepositoryOptions } from '../../testing/repository.mjs'
import { startRepository } from '../../testing/repository.mjs'
import { type Job, type StepOptions, type StepResult, startJob } from '../action/run-action.js'
import { inputsFor } from '../action/step-inputs.js'

/** The keys of the tests: a real account of the test repository. */
export const KEYS = accounts.openSource
/** What a request with these keys carries. */
export const AUTHORIZATION = `Basic ${Buffer.from(`${KEYS.publicKey}:${KEYS.privateKey}`).toString('base64')}`

export interface AccessOptions {
  /** Beside, or in place of, the keys, one try and a time limit that only a hanging step meets. */
  readonly inputs?: Readonly<Record<string, string>>
  readonly env?: Readonly<Record<string, string | undefined>>
  readonly nodeOptions?: readonly string[]
  readonly secrets?: readonly string[]
  readonly job?: Job
}

/** Runs the step against a repository, for its verdict about access alone. */
export function askAccess(repositoryUrl: string, options: AccessOptions = {}): Promise<StepResult> {
  const { inputs, job = startJob(), ...rest } = options
  const step: StepOptions = {
    ...rest,
    inputs: inputsFor(repositoryUrl, KEYS, { check: 'access', timeout: '20', retries: '0', ...inputs }),
  }
  return job.main(step)
}

/** The verdict in one line: `ready`, or the code of the first error. */
export function verdict({ exitStatus, outputs, stdout, stderr }: StepResult): string {
  const { status, problem = '' } = outputs
  if (status === undefined) throw new Error(`The step came to no verdict:\n${stdout}\n${stderr}`)
  const agrees = exitStatus === (status === 'ready' ? 0 : 1)
  return agrees ? problem || status : `exit ${exitStatus} with status ${status} and problem ${problem}`
}

/** Everything that a step found: each code with its severity. */
export function problems({ outputs }: StepResult): (readonly [code: string, severity: string])[] {
  const found: { code: string; severity: string }[] = JSON.parse(outputs.problems || '[]')
  return found.map(({ code, severity }) => [code, severity])
}

/** What a step finds where it stopped reading, and Composer would not: nothing is known, so nothing is an error. */
export const NOT_READ = [['unexpected-answer', 'warning']] as const

/** The one annotation of a step that has one. */
export function onlyMessage({ annotations, stdout }: StepResult): string {
  if (annotations.length !== 1) throw new Error(`There are ${annotations.length} annotations:\n${stdout}`)
  return annotations[0]?.message ?? ''
}

const open: { close(): Promise<unknown> }[] = []
afterEach(async () => {
  await Promise.all(open.splice(0).map((server) => server.close()))
})

/** `startRepository`, closed after the test. */
export async function repository(options: RepositoryOptions = {}) {
  const server = await startRepository(options)
  open.push(server)
  return server
}

/** `startProxy`, closed after the test. */
export async function proxy(options: ProxyOptions = {}) {
  const server = await startProxy(options)
  open.push(server)
  return server
}

/** An http server that answers as told, closed after the test; https with `tls`. */
export async function webServer(answer: RequestListener, tls?: ServerOptions) {
  const server = tls === undefined ? httpServer(answer) : httpsServer(tls, answer)
  server.on('tlsClientError', () => {})
  const port = await listen(server)
  return {
    url: `${tls === undefined ? 'http' : 'https'}://127.0.0.1:${port}`,
    origin: `127.0.0.1:${port}`,
    port,
    server,
  }
}

/** A server that is handed bare connections, closed after the test. */
export async function rawServer(onConnection: (socket: Socket) => void, address = '127.0.0.1') {
  const port = await listen(tcpServer(onConnection), address)
  return { url: `http://${address}:${port}`, port }
}

/** An address of this machine that is not loopback: to the step it is another machine. */
export function outerAddress(): string {
  const addresses = Object.values(networkInterfaces()).flatMap((all) => all ?? [])
  const outer = addresses.find(({ family, internal }) => family === 'IPv4' && !internal)
  if (outer === undefined) throw new Error('This machine has no network.')
  return outer.address
}

/** A loopback port where nobody listens. */
export async function closedPort(): Promise<number> {
  const server = tcpServer()
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  const { port } = server.address() as AddressInfo
  await new Promise((done) => server.close(done))
  return port
}

async function listen(server: HttpServer | TcpServer, address = '127.0.0.1'): Promise<number> {
  const sockets = new Set<Socket>()
  server.on('connection', (socket: Socket) => {
    sockets.add(socket)
    socket.on('error', () => {}).once('close', () => sockets.delete(socket))
  })
  await new Promise<void>((done) => server.listen(0, address, done))
  open.push({
    close: () =>
      new Promise((done) => {
        server.close(done)
        for (const socket of sockets) socket.destroy()
      }),
  })
  return (server.address() as AddressInfo).port
}
