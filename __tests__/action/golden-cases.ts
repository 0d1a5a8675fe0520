import type { GoldenCase } from './golden-case.js'
import { downloadCases } from './golden-cases/downloads.js'
import { fileCases } from './golden-cases/files.js'
import { keyCases } from './golden-cases/keys.js'
import { packageCases } from './golden-cases/packages.js'
import { serverCases } from './golden-cases/server.js'

/** Every code, and each of its causes that has words of its own. */
export const goldenCases: readonly GoldenCase[] = [
  ...keyCases,
  ...serverCases,
  ...packageCases,
  ...fileCases,
  ...downloadCases,
]
