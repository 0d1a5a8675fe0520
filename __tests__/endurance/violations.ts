import { existsSync, readFileSync } from 'node:fs'
import { availableParallelism, loadavg } from 'node:os'
import { CATALOGUE } from '../../src/problems/catalogue.js'
import type { StepResult } from '../../testing/runner.mjs'
import { FOREIGN } from './odd-texts.js'

/** What starting Node, reading the project and writing the report may take beside the step's limit. Milliseconds. */
const MARGIN = 8000
/** What a step may hold of memory. MiB. */
const MOST_MEMORY = 200
/** GitHub takes no larger summary, and nobody reads a longer log. Bytes. */
const LARGEST_FILE = 1024 * 1024

const COMMANDS = ['add-mask', 'error', 'warning', 'notice', 'group', 'endgroup', 'debug']
const MATCHER_COMMANDS =
  /^::(?:add-matcher::\S+\/magento-composer-auth-[0-9a-f-]{36}\.matcher\.json|remove-matcher owner=magento-composer-auth-[a-z0-9._-]+::)$/
const OUTPUTS = [
  ...['status', 'problem', 'problems', 'http-status', 'auth-file', 'netrc-file'],
  ...['packages-checked', 'packages-denied'],
]
/** A sentence of ours, which may begin with the name of a file or a program. */
const TITLE = /^(?:[A-Z]|(?:auth|composer)\.(?:json|lock) |git )[\w .,:’-]{8,80}$/
const FIELDS = ['code', 'file', 'host', 'httpStatus', 'line', 'message', 'packages', 'severity', 'title']
/** Where not all packages had room. */
const OMITTED = 'packagesOmitted'

/** Milliseconds after which a step counts as one that does not end; more while others keep this machine busy. */
export function limitOf({ timeout = '30', retries = '3' }: Readonly<Record<string, string>>): number {
  const waiting = (loadavg()[0] ?? 0) / availableParallelism()
  return 2 * Number(timeout) * (Number(retries) + 1) * 1000 + MARGIN * Math.max(1, waiting)
}

/** What a step did that no step may do, each in a sentence. */
export function violations(step: StepResult, limit: number, peakFile: string): string[] {
  const { exitStatus, signal, milliseconds, stdout, stderr, files } = step
  const peak = existsSync(peakFile) ? Number(readFileSync(peakFile, 'utf8')) / 1024 : undefined
  const large = Object.entries({ ...files, stdout: shownLines(stdout).join('\n') }).filter(
    ([, text]) => text.length > LARGEST_FILE,
  )
  return [
    ...(exitStatus === 0 || exitStatus === 1 ? [] : [`ended with ${exitStatus ?? signal}`]),
    ...(milliseconds < limit ? [] : [`took ${Math.round(milliseconds)} ms of ${Math.round(limit)}`]),
    ...(peak === undefined || peak < MOST_MEMORY ? [] : [`held ${Math.round(peak)} MiB`]),
    ...(stderr === '' ? [] : [`wrote to stderr: ${stderr.slice(0, 1000)}`]),
    ...large.map(([name, text]) => `${name} is ${text.length} bytes long`),
    ...foreignCommands(step),
    ...crashes(step),
  ]
}

/** Of what a step printed, all but masks: those show nothing, and what they hide may be anything, of any length. */
function shownLines(stdout: string): string[] {
  return stdout.split(/\r\n|\r|\n/).filter((line) => !line.startsWith('::add-mask::'))
}

/** Commands for the runner that are not ours. It finds `::command::` at a line's beginning, `##[command]` anywhere. */
function foreignCommands({ stdout, commands }: StepResult): string[] {
  const ours = new RegExp(`^::(?:${COMMANDS.join('|')})(?: [^:]*)?::`)
  const isOurs = (line: string) => ours.test(line) || MATCHER_COMMANDS.test(line)
  const foreign = shownLines(stdout).filter((line) => (/^\s*::/.test(line) && !isOurs(line)) || line.includes('##['))
  const titled = commands.filter(({ properties }) => properties.title?.includes(FOREIGN))
  return [...foreign, ...titled.map(({ name }) => `${name} with a foreign title`)].map(
    (line) => `printed a command that is not ours: ${line.slice(0, 300)}`,
  )
}

/** A failure that the action owns up to is one all the same. */
function crashes({ annotations }: StepResult): string[] {
  return annotations.flatMap(({ message }) => (/defect of (its|this)/.test(message) ? [`crashed: ${message}`] : []))
}

/** What of the contract of the main step's outputs is not kept. */
export function brokenContract({ exitStatus, outputs, annotations }: StepResult, failOnError: boolean): string[] {
  const unset = OUTPUTS.filter((name) => outputs[name] === undefined)
  if (unset.length > 0) return [`did not set ${unset.join(', ')}`]
  const { status = '', problem, problems, 'http-status': http = '', 'packages-checked': checked = '' } = outputs
  const reported = parsed(problems)
  const denied = parsed(outputs['packages-denied'])
  if (!Array.isArray(reported) || !Array.isArray(denied)) return [`set lists that are none: ${problems?.slice(0, 300)}`]
  // What was meant by an input that cannot be read, `fail-on-error` among them, is not known.
  const failing = status === 'problems' && (failOnError || problem === 'input-invalid')
  const first = reported.find(({ severity }) => severity === 'error')?.code ?? ''
  const levels = ['error', 'warning', 'notice'].map((level) => annotations.filter(({ name }) => name === level).length)
  const most = Math.max(...levels)
  const kept: readonly (readonly [boolean, string])[] = [
    [['ready', 'problems', 'skipped'].includes(status), `set status to ${status}`],
    [exitStatus === (failing ? 1 : 0), `ended with ${exitStatus} and status ${status}`],
    [problem === first, `set problem to ${problem}`],
    [status !== 'ready' || problem === '', `is ready with ${problem}`],
    [/^(\d{3})?$/.test(http), `set http-status to ${http}`],
    [/^\d+$/.test(checked), `set packages-checked to ${checked}`],
    [denied.every((name) => typeof name === 'string'), 'set packages-denied to something else than names'],
    [most <= 10, `wrote ${most} annotations of one kind`],
    ...reported.map((one) => [isReported(one), `reported ${JSON.stringify(one).slice(0, 300)}`] as const),
  ]
  return kept.flatMap(([isKept, broken]) => (isKept ? [] : [broken]))
}

/** Whether an entry of the output `problems` has the form that is promised. */
function isReported(one: { code: string; title: string }): boolean {
  const names = Object.keys(one).filter((name) => name !== OMITTED)
  const complete = names.sort().join() === FIELDS.join()
  return complete && one.code in CATALOGUE && TITLE.test(one.title)
}

function parsed(text = ''): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
