import { keepHeapSmall } from './bounds/memory.js'
import { reportCrash, runProgram } from './runner/process.js'
import { run } from './step.js'

keepHeapSmall()
runProgram(() => run(process.env), reportCrash)
