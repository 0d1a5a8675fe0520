import { keepHeapSmall } from './runner/memory.js'
import { reportCrash, runProgram } from './runner/process.js'
import { run } from './step.js'

keepHeapSmall()
runProgram(() => run(process.env), reportCrash)
