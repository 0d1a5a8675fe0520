import { chmodSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { expect, test } from '@jest/globals'
import { type Job, type StepResult, startJob } from '../action/run-action.js'
import { formsOf } from '../action/secret-forms.js'
import { listing } from '../credentials/folder.js'
import { writing } from '../credentials/keys.js'
import { numbersFrom, Random, rounds } from './random.js'

const JOBS = 6
const EXISTING =
  '{\n\t"http-basic": {\n\t\t"extensions.example": { "username": "u", "password": "p" }\n\t}, "bearer": {}\n}'

/** A job on the machine of another one: the same home, with a workspace and a temporary folder of its own. */
interface Neighbour {
  readonly job: Job
  readonly home: string
  readonly basic: Readonly<Record<string, { username: string; password: string }>>
  readonly inputs: Readonly<Record<string, string>>
  readonly secrets: readonly string[]
}

function neighbour(random: Random, number: number, home: string): Neighbour {
  const pair = () => ({ username: random.hex(32), password: random.hex(32) })
  const [host, keys, further, shared] = [`shop-${number}.example`, pair(), pair(), pair()]
  const own = `extensions-${number}.example`
  const token = random.hex(32)
  const document = {
    'http-basic': { [own]: further, 'extensions.example': shared },
    bearer: { [`tokens-${number}.example`]: token },
  }
  const inputs = writing(keys, {
    'repository-url': `https://${host}/`,
    'composer-auth': JSON.stringify(document),
    'auth-location': number % 2 === 0 ? 'global' : 'global, project',
    'job-summary': 'false',
  })
  const secrets = [keys.password, further.password, shared.password, token]
  return { job: startJob(), home, basic: { [host]: keys, [own]: further }, inputs, secrets }
}

const main = ({ job, home, inputs, secrets }: Neighbour) => job.main({ inputs, secrets, env: { HOME: home } })
const post = ({ job, home }: Neighbour, of: StepResult) => job.post(of, { env: { HOME: home } })

test.each(numbersFrom(1, rounds({ few: 2, all: 5 })))(
  'jobs on one home that come and go at the same moment, each with hosts and a document of its own (%i)',
  async (turn) => {
    const random = new Random(`at once ${turn}`)
    const machine = startJob()
    mkdirSync(dirname(machine.authFile))
    writeFileSync(machine.authFile, EXISTING)
    chmodSync(machine.authFile, 0o644)
    const before = listing(machine.home)
    const here = numbersFrom(0, JOBS).map((number) => neighbour(random, number, machine.home))
    const workspaces = here.map(({ job }) => listing(job.root))
    const early = here.slice(0, JOBS / 2)
    const late = here.slice(JOBS / 2)

    const first = await Promise.all(early.map(main))
    // The early ones leave while the late ones come.
    const [second, left] = await Promise.all([
      Promise.all(late.map(main)),
      Promise.all(early.map((own, index) => post(own, first[index] as StepResult))),
    ])
    expect([...first, ...second, ...left].map(({ exitStatus }) => exitStatus)).toEqual(Array(3 * early.length).fill(0))
    const { 'extensions.example': shared, ...basic } = JSON.parse(readFileSync(machine.authFile, 'utf8'))['http-basic']
    expect(basic).toEqual(Object.assign({}, ...late.map((own) => own.basic)))
    // Of several that want one entry, one that is still here has it.
    expect(late.flatMap(({ secrets }) => secrets)).toContain(shared.password)
    const everything = listing(machine.home).join('\n')
    const ofThoseGone = early.flatMap(({ secrets }) => secrets).flatMap(formsOf)
    expect(ofThoseGone.filter((form) => everything.includes(form))).toEqual([])

    const last = await Promise.all(late.map((own, index) => post(own, second[index] as StepResult)))
    expect(last.map(({ annotations }) => annotations)).toEqual(last.map(() => []))
    expect(listing(machine.home)).toEqual(before)
    expect(here.map(({ job }) => listing(job.root))).toEqual(workspaces)
  },
)
