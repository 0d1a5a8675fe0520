import type { ChildProcess } from 'node:child_process'
import { win32 } from 'node:path'
import { programNamed, type Surrounding, trustedPath } from './program.js'

/** How a tool is started. */
export interface ToolOptions {
  readonly environment: Surrounding
  readonly cwd: string
  /** Variables that it gets no more, by their names, besides those that hold secrets. */
  readonly without: RegExp
  /** Variables that it gets. */
  readonly variables: Readonly<Record<string, string>>
  /** After so many seconds it is ended, with everything that it has started. */
  readonly limit: number
}

/** What came of it; `exitStatus` is undefined where it could not be started or did not end by itself. */
export interface ToolResult {
  readonly exitStatus: number | undefined
  readonly stdout: string
}

const NO_ANSWER: ToolResult = { exitStatus: undefined, stdout: '' }
/** More is not kept: versions and names are short. Characters. */
const LONGEST_OUTPUT = 64 * 1024
/** What a tool leaves behind may hold its output open; longer is not waited for it. Milliseconds. */
const AFTER_EXIT = 1000
/** Tools need nobody's credentials here: neither this step's own nor the job's. Proxies' URLs may hold some. */
const SECRET =
  /^(?:INPUT_|STATE_|ACTIONS_|COMPOSER_AUTH$)|TOKEN|SECRET|PASSWORD|PASSWD|PASSPHRASE|CREDENTIAL|(?:^|_)(?:API)?KEY$|_proxy$/i

/**
 * Starts a tool that lies outside the checkout, and waits for what it prints, no longer than its limit. It gets no input
 * and no secret. Whatever it started is ended with it, and also when this process ends first.
 */
export async function runTool(name: string, args: readonly string[], options: ToolOptions): Promise<ToolResult> {
  const program = programNamed(name, options.environment)
  const command = program === undefined ? undefined : commandFor(program, args, options.environment)
  return command === undefined || options.limit <= 0 ? NO_ANSWER : answerOf(command, options)
}

interface Command {
  readonly file: string
  readonly args: readonly string[]
  readonly shell: string | false
}

/** Windows starts batch files through its shell alone, in which some characters have a meaning. */
function commandFor(program: string, args: readonly string[], { env, platform }: Surrounding): Command | undefined {
  if (platform !== 'win32' || !/\.(?:bat|cmd)$/i.test(program)) return { file: program, args, shell: false }
  if (/["%^!&|<>\r\n]/.test(program) || !args.every((arg) => /^[\w.=-]+$/.test(arg))) return undefined
  return { file: [`"${program}"`, ...args].join(' '), args: [], shell: systemFile('cmd.exe', env) }
}

function answerOf({ file, args, shell }: Command, options: ToolOptions): Promise<ToolResult> {
  const { environment, cwd, limit } = options
  return new Promise((resolve) => {
    let child: ReturnType<typeof spawned> | undefined
    const end = () => {
      if (child !== undefined && isRunning(child)) endTree(child, environment)
    }
    // Before it is started: the signal may come at once.
    const stopWatching = whenThisProcessEnds(end)
    let stdout = ''
    let exitStatus: number | undefined
    const settle = () => {
      clearTimeout(timer)
      stopWatching()
      end()
      child?.stdout.destroy()
      child?.unref()
      resolve({ exitStatus, stdout })
    }
    let timer = setTimeout(settle, limit * 1000)
    try {
      child = spawned()
    } catch {
      return settle()
    }
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      if (stdout.length < LONGEST_OUTPUT) stdout += text
    })
    child.once('error', settle)
    child.once('exit', (status) => {
      exitStatus = status ?? undefined
      if (child !== undefined) endLeftovers(child, environment)
      clearTimeout(timer)
      timer = setTimeout(settle, AFTER_EXIT)
    })
    child.once('close', settle)
  })

  function spawned() {
    return childProcess().spawn(file, args, {
      cwd,
      shell,
      env: environmentFor(options),
      stdio: ['ignore', 'pipe', 'ignore'],
      // A process group of its own, so that all of it can be ended.
      detached: environment.platform !== 'win32',
      windowsHide: true,
    })
  }
}

function environmentFor({ environment, without, variables }: ToolOptions): Record<string, string> {
  const kept = Object.entries(environment.env).filter(
    (entry): entry is [string, string] =>
      entry[1] !== undefined && !SECRET.test(entry[0]) && !without.test(entry[0]) && !/^path$/i.test(entry[0]),
  )
  const windows = environment.platform === 'win32'
  return {
    ...Object.fromEntries(kept),
    PATH: trustedPath(environment).join(windows ? ';' : ':'),
    ...(windows ? { NoDefaultCurrentDirectoryInExePath: '1' } : {}),
    ...variables,
  }
}

/** Whatever ends this process, such as a job that is cancelled. */
function whenThisProcessEnds(work: () => void): () => void {
  const onSignal = (signal: NodeJS.Signals) => {
    work()
    // Nobody listens any more, so now it does what it always does.
    process.kill(process.pid, signal)
  }
  const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const
  process.once('exit', work)
  for (const signal of signals) process.once(signal, onSignal)
  return () => {
    process.off('exit', work)
    for (const signal of signals) process.off(signal, onSignal)
  }
}

function isRunning({ exitCode, signalCode }: ChildProcess): boolean {
  return exitCode === null && signalCode === null
}

/** What a tool has left running. Windows knows nobody's children any more once they have no parent. */
function endLeftovers(child: ChildProcess, environment: Surrounding): void {
  if (environment.platform !== 'win32') endTree(child, environment)
}

function endTree({ pid }: ChildProcess, { env, platform }: Surrounding): void {
  if (pid === undefined) return
  try {
    if (platform !== 'win32') process.kill(-pid, 'SIGKILL')
    else
      childProcess().spawnSync(systemFile('taskkill.exe', env), ['/PID', String(pid), '/T', '/F'], {
        stdio: 'ignore',
        timeout: 5000,
      })
  } catch {
    // It has ended by itself.
  }
}

/** Loaded by those runs alone that start a tool. */
function childProcess() {
  return process.getBuiltinModule('node:child_process')
}

function systemFile(name: string, env: Surrounding['env']): string {
  return win32.join(env.SystemRoot ?? 'C:\\Windows', 'System32', name)
}
