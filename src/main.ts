import { reportCrash, runProgram } from './runner/process.js'
import { run } from './step.js'

runProgram(() => run(process.env), reportCrash)
