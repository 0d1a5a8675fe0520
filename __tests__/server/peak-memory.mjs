// Loaded into the action with --import: leaves the most memory that it ever held, in kB, in the file that PEAK_MEMORY
// names. Not process.resourceUsage().maxRSS, which on Linux starts from what the process that spawned this one held.
import { readFileSync, writeFileSync } from 'node:fs'

process.on('exit', () => {
  const [, peak = ''] = /^VmHWM:\s*(\d+) kB$/m.exec(readFileSync('/proc/self/status', 'utf8')) ?? []
  writeFileSync(process.env.PEAK_MEMORY ?? '', peak)
})
