import { mkdirSync } from 'node:fs'
import { dirname } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { createPackage } from '../../testing/catalogue.mjs'
import { type Repository, startRepository } from '../../testing/repository.mjs'
import { startJob } from '../action/run-action.js'
import { composer, realComposer } from '../testing/composer.js'
import { pathWithComposer } from '../testing/stand-in-composer.js'
import { type Pair, PLACES, type PlaceName, pairsOf, project } from './places.js'

/**
 * The credentials that the action asks with are those that Composer asks with, whichever two places disagree, seen in
 * what the server was sent. What the step was given stands in the auth.json of Composer's home, beside them.
 */
const version = await realComposer()
const withComposer = version === null ? describe.skip : describe

let repository: Repository
beforeAll(async () => {
  // Takes whatever it is sent, and remembers it.
  repository = await startRepository({
    packages: [createPackage('acme/module', '1.0.0', { type: 'library' })],
    anonymous: true,
    protocol: 'v2',
  })
})
afterAll(() => repository.close())

const REQUIRE = { 'acme/module': '^1.0' }
const given: Pair = { username: 'user-of-the-step', password: 'password-of-the-step' }
const standingIn = (place: PlaceName): Pair => {
  const words = place.replace(/\W+/g, '-')
  return { username: `user-in-${words}`, password: `password-in-${words}` }
}

/** What the server was sent, each thing once. */
function sent(): string[] {
  const all = repository.requests.map(({ headers }) => headers.authorization ?? 'nothing')
  repository.requests.length = 0
  return [...new Set(all)].map((header) =>
    header.startsWith('Basic ') ? Buffer.from(header.slice(6), 'base64').toString() : header,
  )
}

async function askedBy(places: readonly PlaceName[], inputs: Record<string, string> = {}, PATH?: string) {
  const job = startJob()
  const standing = Object.fromEntries(places.map((place) => [place, standingIn(place)]))
  mkdirSync(dirname(job.authFile), { recursive: true })
  const env = project(job, repository, standing, REQUIRE)
  const step = await job.main({
    inputs: {
      'public-key': given.username,
      'private-key': given.password,
      'repository-url': repository.url,
      retries: '0',
      ...inputs,
    },
    env: { ...env, ...(PATH === undefined ? {} : { PATH }) },
    secrets: places.map((place) => standingIn(place).password),
  })
  const action = sent()
  const { output } = await composer(['update'], {
    cwd: job.workspace,
    env: { ...job.env, ...env, ...step.exported },
  })
  return { action, composer: sent(), step, output, job }
}

withComposer(`two places that disagree, and Composer ${version}`, () => {
  test.each(pairsOf(PLACES))('%s and %s', async (first, second) => {
    const { action, composer: byComposer, output } = await askedBy([first, second])
    expect(byComposer).toHaveLength(1)
    expect({ action, output }).toEqual({ action: byComposer, output })
  })

  test.each(PLACES)('%s alone, beside what the step was given', async (place) => {
    const { action, composer: byComposer, step } = await askedBy([place])
    expect(action).toEqual(byComposer)
    const problems: { code: string; severity: string }[] = JSON.parse(step.outputs.problems ?? '[]')
    const wins = !byComposer.includes(`${given.username}:${given.password}`)
    expect(problems.map(({ code, severity }) => `${code} ${severity}`)).toEqual(
      wins ? ['credentials-overridden warning'] : [],
    )
  })

  test.each(['project', 'env', 'global, project', 'project, env', 'global, project, env'])(
    'given to %s, against every other place',
    async (location) => {
      for (const place of PLACES) {
        const { action, composer: byComposer } = await askedBy([place], { 'auth-location': location })
        expect(byComposer).toHaveLength(1)
        expect({ place, action }).toEqual({ place, action: byComposer })
      }
    },
    120_000,
  )
})

/** One Composer cannot show what another does: the winner here is the one that their sources name. */
describe('places whose order depends on the version', () => {
  const CASES = [
    { places: ['project auth.json', 'COMPOSER_AUTH'], before: '2.7.7', first: 0, since: '2.7.8', newest: 1 },
    {
      places: ['project auth.json, bearer', 'COMPOSER_AUTH, bearer'],
      before: '2.2.29',
      first: 0,
      since: '2.10.2',
      newest: 1,
    },
  ] as const

  test.each(CASES)('$places, $before and $since', async ({ places, before, first, since, newest }) => {
    const expected = (place: PlaceName) => {
      const { username, password } = standingIn(place)
      return [place.endsWith('bearer') ? `Bearer ${password}` : `${username}:${password}`]
    }
    for (const [installed, winner] of [
      [before, places[first]],
      [since, places[newest]],
    ] as const) {
      const { action } = await askedBy(places, {}, pathWithComposer(startJob(), installed))
      expect({ installed, action }).toEqual({ installed, action: expected(winner) })
    }
  })

  test('without an installed Composer both are tried', async () => {
    const { action } = await askedBy(
      ['project auth.json', 'COMPOSER_AUTH'],
      {},
      pathWithComposer(startJob(), undefined),
    )
    expect(action.toSorted()).toEqual([
      'user-in-COMPOSER_AUTH:password-in-COMPOSER_AUTH',
      'user-in-project-auth-json:password-in-project-auth-json',
    ])
  })
})
