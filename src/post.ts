import { cleanUp } from './post-step.js'
import { reportPostCrash, runProgram } from './runner/process.js'

runProgram(() => cleanUp(process.env), reportPostCrash)
