import { cleanUp } from './cleanup.js'
import { endProcess, reportPostCrash } from './github/process.js'

endProcess(await cleanUp(process.env).catch(reportPostCrash))
