import { run } from './action.js'
import { reportCrash, runProgram } from './github/process.js'

runProgram(() => run(process.env), reportCrash)
