import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { expect, test } from '@jest/globals'
import { type Job, type StepResult, startJob } from '../action/run-action.js'
import { listing } from './folder.js'
import { FIRST, SECOND, writing } from './keys.js'
import { filesIn, forEachKillPoint, halfAMinuteLater, killedAt } from './killed.js'

const TOKEN = 'f0e1d2c3b4a5968778695a4b3c2d1e0f'

/** A step that writes to every place, for three hosts. */
const step = {
  inputs: writing(FIRST, {
    'auth-location': 'global, project, magento, env',
    'composer-auth': JSON.stringify({
      'http-basic': { 'extensions.example': SECOND },
      bearer: { 'tokens.example': TOKEN },
    }),
    'job-summary': 'false',
  }),
  secrets: [SECOND.password, TOKEN],
}

/** In each place something of the user's, in a form of its own: of hosts that the step writes for too, once with the same keys. */
const THEIRS = {
  global:
    '{\n\t"bearer": {"b.example": "t"},\n\t"http-basic": {"extensions.example": {"username": "u", "password": "p"}}\n}',
  project: '{"github-oauth": {"github.com": "abc123"}}\r\n',
  magento: '[]',
  variable: JSON.stringify({
    'http-basic': { 'repo.magento.com': FIRST, 'a.example': { username: 'u', password: 'p' } },
  }),
}

function jobWithTheirs(): Job {
  const job = startJob()
  const files = [
    [job.authFile, THEIRS.global],
    [join(job.workspace, 'auth.json'), THEIRS.project],
    [join(job.workspace, 'var', 'composer_home', 'auth.json'), THEIRS.magento],
  ] as const
  for (const [path, text] of files) {
    mkdirSync(dirname(path), { recursive: true })
    writeFileSync(path, text, { mode: 0o644 })
  }
  return job
}

/** What a step of the job sees in `COMPOSER_AUTH` after another one. */
function variableAfter({ exported }: StepResult, before: string | undefined): string | undefined {
  return exported.COMPOSER_AUTH ?? before
}

test.each([
  { start: 'nothing anywhere', setUp: startJob, variable: undefined },
  { start: 'something in each place', setUp: jobWithTheirs, variable: THEIRS.variable },
])(
  'main killed before each of its changes in several places is undone by its post step, which found $start',
  async ({ setUp, variable }) => {
    await forEachKillPoint(async (n) => {
      const job = setUp()
      const files = filesIn(job.root)
      const everything = listing(job.root)
      const { nodeOptions, env } = killedAt(n, 'before')
      const killed = await job.main({ ...step, nodeOptions, env: { ...env, COMPOSER_AUTH: variable } })
      halfAMinuteLater(job)
      const seen = variableAfter(killed, variable)
      const post = await job.post(killed, { env: { COMPOSER_AUTH: seen } })
      expect(post.exitStatus).toBe(0)
      expect(post.annotations).toEqual([])
      expect(variableAfter(post, seen) ?? '').toBe(variable ?? '')
      expect(filesIn(job.root)).toEqual(files)
      if (killed.signal === null) expect(listing(job.root)).toEqual(everything)
      return killed
    })
  },
  300_000,
)
