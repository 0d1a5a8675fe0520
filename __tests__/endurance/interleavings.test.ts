import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from '@jest/globals'
import { type Job, type StepOptions, type StepResult, startJob } from '../action/run-action.js'
import { formsOf } from '../action/secret-forms.js'
import { listing } from '../credentials/folder.js'
import { writing } from '../credentials/keys.js'
import { filesIn, halfAMinuteLater, killedAt, MODES } from '../credentials/killed.js'
import { entriesAt, entriesIn, Foreigner, pathOf } from './foreigner.js'
import { forEachRound, numbersFrom, Random, rounds } from './random.js'

const ROUNDS = rounds({ few: 40, all: 200 })
const ROUNDS_PER_TEST = 20

const OWN_HOSTS = ['repo.magento.com', 'mirror.example:8443', 'packages.example'] as const
const LOCATIONS = ['global', 'global', 'global, project', 'project', 'global, env'] as const

type Place = 'global' | 'project'

/** One use of the action: its main, and its post step unless that never comes. */
interface Use {
  readonly name: string
  readonly places: readonly Place[]
  readonly exports: boolean
  readonly options: StepOptions
  readonly entries: ReadonlyMap<string, unknown>
  readonly secrets: readonly string[]
  result: StepResult | undefined
}

/** The file of one place, and what is known of it. */
interface File {
  readonly foreigner: Foreigner
  /** Uses that began and have not left. */
  readonly living: Set<Use>
  /** What stood there before the first of them. */
  first: Buffer | undefined
  /** Somebody else wrote since then. */
  touched: boolean
  /** For each entry the use that wrote it last and undisturbed. */
  readonly lastWriter: Map<string, Use>
}

/** Files that people have, each in a form of its own. The text OWN stands for a host that the action is given keys for. */
const INITIALLY: readonly (string | undefined)[] = [
  undefined,
  undefined,
  '[]',
  '{}',
  '{"bearer": []}\n',
  '{\n\t"http-basic": {\n\t\t"a.example": { "username": "u", "password": "p" }\n\t}, "bearer": {}\n}',
  '{"http-basic": {"OWN": {"username": "their", "password": "own"}}}',
  '{\r\n   "bearer" : { "tokens.example" : "theirs" } ,\r\n   "http-basic":{"OWN":{"password":"own","username":"their"},\r\n "a.example":{"username":"u","password":"p"}}\r\n}\r\n\r\n',
  '{"gitlab-domains": ["gitlab.example"], "github-oauth": {"github.com": "abc123"}, "http\\u002dbasic": {"\\u0061.example": {"username": "\\u00fc", "password": "\\/"}}}',
  '{\n    "custom-headers": {"h.example": ["X-Token: abc"]},\n    "gitlab-token": {"gitlab.com": {"username": "u", "token": "t"}},\n    "bitbucket-oauth": {"bitbucket.org": {"consumer-key": "k", "consumer-secret": "s"}}\n}\n',
  '  {"__proto__": {"x.example": "y"}, "http-basic": {"extensions.example": {"username": "their", "password": "own"}}}',
]

/** What the input `composer-auth` may hold besides the keys: a host and a section each. */
const FURTHER = [
  ['http-basic', 'extensions.example'],
  ['http-basic', 'a.example'],
  ['bearer', 'tokens.example'],
  ['github-oauth', 'github.com'],
  ['gitlab-token', 'gitlab.com'],
] as const

function useOf(random: Random, name: string, locations: string): Use {
  const pair = { username: random.hex(32), password: random.hex(32) }
  const host = random.oneOf(OWN_HOSTS.slice(0, random.integer(1, OWN_HOSTS.length)))
  const entries = new Map<string, unknown>([[pathOf('http-basic', host), pair]])
  const secrets = [pair.password]
  const document: Record<string, Record<string, unknown>> = {}
  for (const [section, further] of FURTHER) {
    if (!random.chance(0.25)) continue
    const token = random.hex(32)
    const value = section === 'http-basic' ? { username: 'somebody', password: token } : token
    document[section] = { ...document[section], [further]: value }
    entries.set(pathOf(section, further), value)
    secrets.push(token)
  }
  const hasFurther = Object.keys(document).length > 0
  const inputs = writing(pair, {
    'repository-url': `https://${host}/`,
    'auth-location': locations,
    'job-summary': 'false',
    ...(hasFurther ? { 'composer-auth': JSON.stringify(document) } : {}),
  })
  return {
    name,
    places: (['global', 'project'] as const).filter((place) => locations.includes(place)),
    exports: locations.includes('env'),
    options: { inputs, secrets },
    entries,
    secrets,
    result: undefined,
  }
}

/** One machine with one auth.json in each place, on which uses and other programs take turns. */
class Round {
  readonly random: Random
  readonly job: Job = startJob()
  readonly files: Record<Place, File>
  readonly trace: string[] = []
  /** `COMPOSER_AUTH` as the runner hands it to the next step. */
  variable: string | undefined
  readonly variableInitially: string | undefined
  readonly before: { files: string[]; everything: string[] }
  /** What must not be found anywhere any more. */
  readonly gone: string[] = []
  /** Of uses whose post step never comes: gone with the next use that completes. */
  readonly abandoned = new Set<Use>()
  anyKilled = false
  anyForeign = false

  constructor(name: string) {
    this.random = new Random(name)
    this.files = {
      global: this.#file(this.job.authFile),
      project: this.#file(join(this.job.workspace, 'auth.json')),
    }
    this.variableInitially = this.random.chance(0.7)
      ? undefined
      : '{"http-basic": {"a.example": {"username": "u", "password": "variable"}}}'
    this.variable = this.variableInitially
    this.before = { files: filesIn(this.job.root), everything: listing(this.job.root) }
  }

  #file(path: string): File {
    const initially = this.random.oneOf(INITIALLY.map((text) => text ?? null))
    const foreigner = new Foreigner(path, initially?.replaceAll('OWN', OWN_HOSTS[0]))
    return { foreigner, living: new Set(), first: bytesAt(path), touched: false, lastWriter: new Map() }
  }

  async run(): Promise<void> {
    const locations = this.random.oneOf(LOCATIONS)
    const mixed = this.random.chance(0.3)
    const uses = numbersFrom(1, this.random.integer(2, 4)).map((number) =>
      useOf(this.random, `use ${number}`, mixed ? this.random.oneOf(LOCATIONS) : locations),
    )
    const mayAbandon = uses.every(({ exports, places }) => !exports && !places.includes('project'))
    const disturbed = this.random.chance(0.5)
    const waiting = [...uses]
    const living: Use[] = []
    while (waiting.length + living.length > 0) {
      if (disturbed && this.random.chance(0.35)) this.disturb()
      const next = waiting[0]
      if (next !== undefined && (living.length === 0 || this.random.chance(0.6))) {
        waiting.shift()
        living.push(next)
        await this.main(next)
      } else {
        // What a step exports is undone in reverse, which is the order in which a runner runs the post steps of one job.
        const lastExporting = living.findLast(({ exports }) => exports)
        const leaving = this.random.oneOf(living.filter((use) => !use.exports || use === lastExporting))
        living.splice(living.indexOf(leaving), 1)
        if (mayAbandon && this.random.chance(0.1)) this.abandon(leaving)
        else await this.post(leaving)
      }
      this.check()
    }
    if (this.abandoned.size > 0) {
      const later = useOf(this.random, 'a later use', 'global')
      await this.main(later, false)
      this.check()
      await this.post(later)
      this.check()
    }
    this.checkTheEnd()
  }

  async main(use: Use, mayBeKilled = true): Promise<void> {
    for (const place of use.places) this.files[place].living.add(use)
    const kill = mayBeKilled && this.random.chance(0.35)
    const most = 24 * (use.places.length + 1)
    const killer = kill ? killedAt(this.random.integer(1, most), this.random.oneOf(MODES)) : undefined
    const env = { ...killer?.env, COMPOSER_AUTH: this.variable }
    const result = await this.job.main({ ...use.options, ...killer, env })
    use.result = result
    this.variable = result.exported.COMPOSER_AUTH ?? this.variable
    const killed = result.signal !== null
    this.trace.push(`${use.name}: main${killed ? ` killed at ${JSON.stringify(killer?.env)}` : ''}`)
    for (const place of use.places) {
      for (const path of use.entries.keys()) {
        if (killed) this.files[place].lastWriter.delete(path)
        else this.files[place].lastWriter.set(path, use)
      }
    }
    if (killed) {
      this.anyKilled = true
      halfAMinuteLater(this.job)
      return
    }
    // Keys that another place hides from Composer are an error, and are written all the same.
    expect(result.outputs.problem).toMatch(/^(credentials-overridden)?$/)
    if (use.places.includes('global')) this.#clearAbandoned()
  }

  async post(use: Use): Promise<void> {
    if (use.result === undefined) throw new Error('a post step without main')
    const post = await this.job.post(use.result, { env: { COMPOSER_AUTH: this.variable } })
    this.variable = post.exported.COMPOSER_AUTH ?? this.variable
    this.trace.push(`${use.name}: post`)
    expect(post.exitStatus).toBe(0)
    expect(post.annotations).toEqual([])
    this.#leave(use)
    this.gone.push(...use.secrets)
    if (use.result.signal === null && use.places.includes('global')) this.#clearAbandoned()
  }

  /** The job of a use was over five days ago, and its post step never came. */
  abandon(use: Use): void {
    this.trace.push(`${use.name}: abandoned`)
    this.abandoned.add(use)
    const sidecar = `${this.job.authFile}.magento-composer-auth`
    const lease = use.result?.state.credentials
    if (!existsSync(sidecar) || lease === undefined) return
    const record = JSON.parse(readFileSync(sidecar, 'utf8'))
    for (const owner of record.owners) {
      if (owner.id === JSON.parse(lease).lease.id) owner.since -= 6 * 24 * 60 * 60 * 1000
    }
    writeFileSync(sidecar, JSON.stringify(record), { mode: 0o600 })
  }

  #clearAbandoned(): void {
    for (const use of this.abandoned) {
      this.#leave(use)
      this.gone.push(...use.secrets)
    }
    this.abandoned.clear()
  }

  #leave(use: Use): void {
    for (const place of use.places) {
      const file = this.files[place]
      file.living.delete(use)
      for (const path of use.entries.keys()) {
        if (file.lastWriter.get(path) === use) file.lastWriter.delete(path)
      }
    }
  }

  /** Another program does something to one of the files. */
  disturb(): void {
    const { random } = this
    const file = this.files[random.oneOf(['global', 'global', 'project'] as const)]
    const { foreigner, living } = file
    const host = random.oneOf(['added.example', 'a.example', ...OWN_HOSTS])
    const value = { username: 'their', password: `own ${random.hex(8)}` }
    const how = random.oneOf([
      'overwrite',
      'overwrite with another form',
      'set',
      'set',
      'set a token',
      'remove',
    ] as const)
    this.trace.push(`another program: ${how} ${host} in ${foreigner.path}`)
    this.anyForeign = true
    if (how === 'overwrite') foreigner.overwrite(JSON.stringify({ 'http-basic': { [host]: value } }))
    else if (how === 'overwrite with another form') {
      foreigner.overwrite(random.oneOf(INITIALLY.filter((text) => text !== undefined)).replaceAll('OWN', host))
    } else if (how === 'set') foreigner.set('http-basic', host, value)
    else if (how === 'set a token') foreigner.set('bearer', host, random.hex(16))
    else foreigner.remove()
    if (living.size > 0) file.touched = true
    else file.first = bytesAt(foreigner.path)
    file.lastWriter.clear()
  }

  /** What must hold between any two steps. */
  check(): void {
    const everything = listing(this.job.root).join('\n') + (this.variable ?? '')
    const found = this.gone.filter((secret) => formsOf(secret).some((form) => everything.includes(form)))
    this.#expect({ 'secrets that are still there': found })
    for (const file of Object.values(this.files)) {
      const covered = new Set([...file.living].flatMap(({ entries }) => [...entries.keys()]))
      this.#expect({ 'entries of others that are lost': file.foreigner.missing(covered) })
      const entries = entriesAt(file.foreigner.path)
      for (const [path, use] of file.lastWriter) {
        const wanted = use.entries.get(path)
        if (JSON.stringify(entries.get(path)) !== JSON.stringify(wanted)) this.#expect({ 'entry that is gone': [path] })
      }
      if (file.living.size > 0) continue
      const now = bytesAt(file.foreigner.path)
      if (!file.touched) this.#expect({ 'bytes that are others': sameBytes(now, file.first) ? [] : [String(now)] })
      const text = now?.toString() ?? '{}'
      const added = [...entriesIn(text).keys()].filter((path) => !file.foreigner.entries.has(path))
      this.#expect({ 'entries that are nobody’s': added })
      file.first = now
      file.touched = false
    }
  }

  checkTheEnd(): void {
    expect(this.variable ?? '').toBe(this.variableInitially ?? '')
    if (!this.anyForeign) expect(filesIn(this.job.root)).toEqual(this.before.files)
    if (!this.anyForeign && !this.anyKilled) expect(listing(this.job.root)).toEqual(this.before.everything)
    const left = filesIn(this.job.root).filter(
      (line) => !/^\d+ \d+:\d+ (home\/\.composer|workspace)\/auth\.json /.test(line),
    )
    expect(left).toEqual([])
  }

  #expect(nothing: Record<string, string[]>): void {
    for (const [what, found] of Object.entries(nothing)) {
      if (found.length > 0) throw new Error(`${what}: ${found.join(', ')}\nafter\n${this.trace.join('\n')}`)
    }
  }
}

function bytesAt(path: string): Buffer | undefined {
  return existsSync(path) ? readFileSync(path) : undefined
}

function sameBytes(a: Buffer | undefined, b: Buffer | undefined): boolean {
  return a === undefined || b === undefined ? a === b : a.equals(b)
}

test.each(numbersFrom(0, ROUNDS / ROUNDS_PER_TEST).map((part) => part * ROUNDS_PER_TEST))(
  'uses, kills and other programs in any order, from round %i on: nothing of others is lost, nothing of ours is left',
  async (first) => {
    await forEachRound(numbersFrom(first, ROUNDS_PER_TEST), async (number) => {
      const round = new Round(`interleaving ${number}`)
      try {
        await round.run()
      } catch (error) {
        const message = error instanceof Error ? error.message : String(error)
        throw new Error(`${message}\n${round.trace.join('\n')}`, { cause: error })
      }
    })
  },
  300_000,
)
