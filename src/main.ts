import { run } from './action.js'
import { endProcess, reportCrash } from './github/process.js'

endProcess(await run(process.env).catch(reportCrash))
