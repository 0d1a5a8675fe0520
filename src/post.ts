import { cleanUp } from './cleanup.js'
import { reportPostCrash, runProgram } from './github/process.js'

runProgram(() => cleanUp(process.env), reportPostCrash)
