import { type Entry, entryOf, type Item, LONGEST_WORKFLOW, readWorkflow, type WorkflowFile } from './workflow-file.js'

type Variables = Readonly<Record<string, string | undefined>>

/** Where the running step stands in the workflow files of the workspace. */
export interface RunningStep {
  readonly file: WorkflowFile
  readonly job: Item
  readonly step: Item
  /** The jobs that may have called the file, each with those that called theirs; none for the workflow itself. */
  readonly calls: readonly Call[]
}

/** A job that calls a reusable workflow. */
export interface Call {
  readonly file: WorkflowFile
  readonly job: Item
  /** The job's `uses:`. */
  readonly uses: Entry
  /** The job that called the file in which this one stands. */
  readonly outer: Call | undefined
}

/** As many files as are read for one answer; GitHub lets a workflow reach 50, and ten in a row. */
const MOST_FILES = 20
/** What is read of all of them together. Bytes. */
const MOST_BYTES = 2 * LONGEST_WORKFLOW
/** As many calls of reusable workflows as are followed: files that call each other have ways without end. */
const MOST_CALLS = 1000
/** More steps than GitHub would run in a job. */
const MOST_STEPS = 1000
/** Source of the rule: `WorkflowConstants.MaxNodeNameLength` in actions/runner. */
const LONGEST_ID = 100

/**
 * Looks for the step that is running: the one of the job `GITHUB_JOB` that has the id in `GITHUB_ACTION` and uses this
 * action, in the workflow that `GITHUB_WORKFLOW_REF` names or in a reusable one of the workspace that it calls. A
 * reusable workflow of another repository cannot be read, and is taken to hold no such step.
 *
 * @returns the step; a single call that must have led to it, where the called file cannot be read; undefined when neither
 *   can be told: in a composite action, whose steps stand in a file of its own, or with several steps that fit
 */
export function runningStep(env: Variables): RunningStep | Call | undefined {
  const name = workflowPath(env)
  const { GITHUB_WORKSPACE: workspace, GITHUB_JOB: jobId } = env
  // The runner sets the path for steps of composite actions alone. Source: `CompositeActionHandler.cs`.
  if (!workspace || !jobId || name === undefined || (env.GITHUB_ACTION_PATH ?? '') !== '') return undefined
  const search: Search = {
    workspace,
    jobId,
    env,
    files: new Map(),
    left: MOST_BYTES,
    steps: [],
    unread: [],
    jobSeen: false,
    calls: 0,
  }
  searchFile(search, name, undefined, [])
  const { steps, unread, jobSeen, calls } = search
  // Which of so many it was, and whether all of them agree, cannot be told.
  if (calls > MOST_CALLS) return undefined

  const [first] = steps
  if (first === undefined) return jobSeen || unread.length !== 1 ? undefined : unread[0]
  // One reusable workflow that several jobs call is one step all the same.
  const several = steps.some(
    ({ file, call }) => file !== first.file || (call === undefined) !== (first.call === undefined),
  )
  if (several) return undefined
  const { file, job, step } = first
  return { file, job, step, calls: steps.flatMap(({ call }) => call ?? []) }
}

/** A search for the step through the files of the workspace, and what it has found so far. */
interface Search {
  readonly workspace: string
  readonly jobId: string
  readonly env: Variables
  /** Those that were looked at; undefined for what cannot be read. */
  readonly files: Map<string, WorkflowFile | undefined>
  /** Bytes that may still be read. */
  left: number
  readonly steps: {
    readonly file: WorkflowFile
    readonly job: Item
    readonly step: Item
    readonly call: Call | undefined
  }[]
  /** Calls of files that cannot be read. */
  readonly unread: Call[]
  jobSeen: boolean
  calls: number
}

/**
 * Looks for the step in a file and in those that it calls.
 *
 * @param call the job that led to the file
 * @param above the files that led to it
 * @returns false where the file cannot be read, or calls itself
 */
function searchFile(search: Search, path: string, call: Call | undefined, above: readonly string[]): boolean {
  const file = fileAt(search, path)
  if (file === undefined || above.includes(path)) return false
  for (const { name, value: job } of entryOf(file.root, 'jobs')?.value.entries ?? []) {
    const uses = entryOf(job, 'uses')
    if (uses !== undefined) {
      if (++search.calls > MOST_CALLS) return false
      followCall(search, { file, job, uses, outer: call }, [...above, path])
    } else if (name === search.jobId) {
      search.jobSeen = true
      const step = stepOf(job, search.env)
      if (step !== undefined) search.steps.push({ file, job, step, call })
    }
  }
  return true
}

function followCall(search: Search, call: Call, above: readonly string[]): void {
  const local = /^\.\/(.+)$/.exec(call.uses.value.text ?? '')?.[1]
  if (local === undefined || !searchFile(search, local, call, above)) search.unread.push(call)
}

/** Reads each file once, as long as there are not too many. */
function fileAt(search: Search, path: string): WorkflowFile | undefined {
  const { files, workspace } = search
  if (!files.has(path) && files.size < MOST_FILES) {
    const read = readWorkflow(workspace, path, search.left)
    // What cannot be read was looked at too.
    search.left -= read?.length ?? LONGEST_WORKFLOW / 4
    files.set(path, read)
  }
  return files.get(path)
}

/** The path in `owner/repo/.github/workflows/ci.yml@refs/heads/main`, where that is this repository's. */
function workflowPath({ GITHUB_WORKFLOW_REF: ref = '', GITHUB_REPOSITORY: repository = '' }: Variables) {
  const [, owner = '', path] = /^([^/]+\/[^/]+)\/(\.github\/workflows\/[^/]+?\.ya?ml)@/.exec(ref) ?? []
  // A rule of the organisation may run a workflow that stands in another repository.
  return repository !== '' && owner.toLowerCase() !== repository.toLowerCase() ? undefined : path
}

function stepOf(job: Item, env: Variables): Item | undefined {
  const steps = entryOf(job, 'steps')?.value.items ?? []
  if (steps.length > MOST_STEPS) return undefined
  const ids = stepIds(steps)
  const wanted = (env.GITHUB_ACTION ?? '').toLowerCase()
  const exact = steps.filter((_, index) => ids[index]?.toLowerCase() === wanted)
  // GitHub's documentation and its source disagree about hyphens and underscores in a made-up id.
  const close = steps.filter((_, index) => bare(ids[index] ?? '') === bare(wanted))
  const [step, ...others] = exact.length > 0 ? exact : close
  const uses = entryOf(step, 'uses')?.value.text ?? ''
  return others.length === 0 && usesThisAction(uses, env) ? step : undefined
}

function bare(id: string): string {
  return id.toLowerCase().replace(/[^a-z0-9]/g, '')
}

/**
 * The id of every step as GitHub makes it: its own, or one from what it uses, numbered where it stands again.
 *
 * Source of the rule: `WorkflowTemplateConverter.ConvertToSteps` and `IdBuilder` in actions/runner.
 */
function stepIds(steps: readonly Item[]): string[] {
  const own = steps.map((step) => entryOf(step, 'id')?.value.text ?? '')
  const taken = new Set(own.filter((id) => id !== '').map((id) => id.toLowerCase()))
  return steps.map((step, index) => {
    const id = own[index] ?? ''
    if (id !== '') return id
    const base = `__${usedName(entryOf(step, 'uses')?.value.text ?? '')}`.replace(/[^A-Za-z0-9_-]/g, '_')
    for (let attempt = 1; ; attempt++) {
      const suffix = attempt === 1 ? '' : `_${attempt}`
      const candidate = base.slice(0, LONGEST_ID - suffix.length) + suffix
      if (taken.has(candidate.toLowerCase())) continue
      taken.add(candidate.toLowerCase())
      return candidate
    }
  })
}

function usedName(uses: string): string {
  if (uses.startsWith('docker://')) return uses.slice('docker://'.length) || 'run'
  if (isLocal(uses)) return 'self'
  if (/^\$\/+[^/]/.test(uses)) return 'selfRepository'
  const [path = '', ref = '', ...more] = uses.split('@')
  const [owner, repository] = path.split(/[/\\]/).filter((segment) => segment !== '')
  return owner === undefined || repository === undefined || ref === '' || more.length > 0
    ? 'run'
    : `${owner}/${repository}`
}

function isLocal(uses: string): boolean {
  return uses.startsWith('./') || uses.startsWith('.\\')
}

/** Whether a `uses:` names the action that is running. One in a folder of the workspace has no repository. */
function usesThisAction(uses: string, env: Variables): boolean {
  const repository = (env.GITHUB_ACTION_REPOSITORY ?? '').toLowerCase()
  if (repository === '') return isLocal(uses)
  if (uses.startsWith('$/')) return repository === env.GITHUB_REPOSITORY?.toLowerCase()
  return usedName(uses).toLowerCase() === repository
}
