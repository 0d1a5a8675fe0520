// Given to Node with --import: the file system as Windows shows it where another program has files open. HELD_OPEN is
// how often each call on each of those files fails; HELD_NAMES which files, by their names' ends. And `rmSync` does what it does there in
// Node 24.0 to 24.12 where a path holds other letters than ASCII's: nothing.
import fs from 'node:fs'
import { syncBuiltinESMExports } from 'node:module'

Object.defineProperty(process, 'platform', { value: 'win32' })

const times = Number(process.env.HELD_OPEN)
const ends = (process.env.HELD_NAMES ?? '').split(',')
/** @type {Map<string, number>} */
const failed = new Map()

for (const [name, at] of /** @type {const} */ ([
  ['openSync', 0],
  ['unlinkSync', 0],
  ['renameSync', 1],
])) {
  /** @type {(...args: any[]) => any} */
  const original = fs[name]
  fs[name] = (/** @type {any[]} */ ...args) => {
    const path = String(args[at])
    const before = failed.get(name + path) ?? 0
    if (before < times && ends.some((end) => path.endsWith(end)) && fs.existsSync(path)) {
      failed.set(name + path, before + 1)
      throw Object.assign(new Error('EBUSY: resource busy or locked'), { code: 'EBUSY', syscall: name })
    }
    // Windows replaces no file that is marked as read-only.
    if (name === 'renameSync' && fs.existsSync(path) && (fs.lstatSync(path).mode & 0o200) === 0) {
      throw Object.assign(new Error('EPERM: operation not permitted'), { code: 'EPERM', syscall: name })
    }
    return original(...args)
  }
}
fs.rmSync = () => undefined
syncBuiltinESMExports()
