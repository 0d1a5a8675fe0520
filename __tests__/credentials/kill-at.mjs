// Given to Node with --import: kills the process at its n-th change of the file system, as a power cut, the kernel's
// out-of-memory killer or the runner at the end of its patience would. KILL_AT=n; KILL_WHEN=before or after that change.
import fs from 'node:fs'
import { syncBuiltinESMExports } from 'node:module'

const at = Number(process.env.KILL_AT)
const when = process.env.KILL_WHEN
// Not the step's outputs: by then everything that matters here has happened.
const ignored = process.env.GITHUB_OUTPUT
let calls = 0
let quiet = false

/** @param {unknown} argument a flag of `openSync`; reading changes nothing */
const onlyReads = (argument) =>
  argument === undefined ||
  argument === 'r' ||
  (typeof argument === 'number' &&
    (argument & (fs.constants.O_WRONLY | fs.constants.O_RDWR | fs.constants.O_CREAT)) === 0)

const CHANGING = /** @type {const} */ ([
  'appendFileSync',
  'chmodSync',
  'chownSync',
  'copyFileSync',
  'fchmodSync',
  'fchownSync',
  'fsyncSync',
  'ftruncateSync',
  'linkSync',
  'mkdirSync',
  'openSync',
  'renameSync',
  'rmSync',
  'rmdirSync',
  'symlinkSync',
  'truncateSync',
  'unlinkSync',
  'utimesSync',
  'writeFileSync',
  'writeSync',
])

function die() {
  process.kill(process.pid, 'SIGKILL')
  // The signal is there before the next line of a single thread can run; should it not be, nothing more may happen.
  for (;;);
}

for (const name of CHANGING) {
  /** @type {(...args: any[]) => any} */
  const original = fs[name]
  fs[name] = (/** @type {any[]} */ ...args) => {
    if (quiet || (name === 'openSync' && onlyReads(args[1]))) return original(...args)
    if (ignored !== undefined && args[0] === ignored) {
      quiet = true
      try {
        return original(...args)
      } finally {
        quiet = false
      }
    }
    const mine = ++calls
    if (mine === at && when === 'before') die()
    try {
      return original(...args)
    } finally {
      if (mine === at && when === 'after') die()
    }
  }
}
syncBuiltinESMExports()
