import { spawn } from 'node:child_process'

/** libuv's flag for Windows (`UV_FS_O_EXLOCK`): nobody else may open, replace or remove the file meanwhile. */
const ALONE = 0x10000000

const HOLDER = `
const [path, time] = process.argv.slice(1)
fs.openSync(path, fs.constants.O_RDONLY | ${ALONE})
console.log('open')
setTimeout(() => {}, Number(time))
`

/** Another program that has a file open for a time, in milliseconds. Returns once it is open. */
export async function heldOpen(path: string, time: number) {
  const child = spawn(process.execPath, ['-e', HOLDER, path, String(time)], { stdio: ['ignore', 'pipe', 'inherit'] })
  const closed = new Promise<void>((done) => child.once('close', () => done()))
  await new Promise<void>((done, fail) => {
    child.stdout.once('data', () => done())
    child.once('close', () => fail(new Error(`${path} could not be held open`)))
  })
  return { closed, close: () => child.kill() }
}
