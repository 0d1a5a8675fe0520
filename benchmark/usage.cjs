// Loaded into a measured program with --require: leaves what it has used in the file that BENCHMARK_USAGE names.
const { readFileSync, writeFileSync } = require('node:fs')

process.on('exit', () => {
  const { userCPUTime, systemCPUTime, maxRSS } = process.resourceUsage()
  writeFileSync(
    process.env.BENCHMARK_USAGE ?? '',
    JSON.stringify({ cpu: (userCPUTime + systemCPUTime) / 1000, kibibytes: peak() ?? maxRSS }),
  )
})

// On Linux maxRSS starts from what the process that spawned this one held.
function peak() {
  try {
    return Number(/^VmHWM:\s*(\d+) kB$/m.exec(readFileSync('/proc/self/status', 'utf8'))?.[1])
  } catch {
    return undefined
  }
}
