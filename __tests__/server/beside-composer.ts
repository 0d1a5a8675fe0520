import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { type Job, type StepResult, startJob } from '../action/run-action.js'
import { composer, realComposer } from '../testing/composer.js'
import { askAccess, verdict } from './access-step.js'

const version = await realComposer()

/** Whether the installed Composer can be asked; on CI it must be there (see `realComposer`). */
export const COMPOSER_IS_HERE = version !== null

export interface Project {
  readonly job: Job
  /** The variables with which both run. */
  readonly env: Readonly<Record<string, string>>
}

/** A project that needs one package of a repository, with a Composer home of its own. */
export function projectWith(repositoryUrl: string, config: Record<string, unknown> = {}): Project {
  const job = startJob()
  const home = join(job.root, 'composer-home')
  mkdirSync(home)
  const manifest = {
    repositories: [{ type: 'composer', url: repositoryUrl }, { 'packagist.org': false }],
    require: { 'magento/framework': '*' },
    config,
  }
  writeFileSync(join(job.workspace, 'composer.json'), JSON.stringify(manifest))
  const env = {
    HOME: job.home,
    COMPOSER_HOME: home,
    COMPOSER_CACHE_DIR: join(job.root, 'cache'),
    // The machine that runs the tests may have its own.
    SSL_CERT_FILE: '',
    SSL_CERT_DIR: '',
  }
  return { job, env }
}

/**
 * Runs the step and then, with the auth.json that it wrote and in the same environment, `composer update`.
 *
 * @returns the step, its verdict, and whether Composer succeeded (undefined where there is no Composer)
 */
export async function besideComposer(
  repositoryUrl: string,
  { job, env }: Project,
  variables: Readonly<Record<string, string>> = {},
  { secrets = [] }: { secrets?: readonly string[] } = {},
): Promise<{ step: StepResult; verdict: string; composer: boolean | undefined; output: string }> {
  const step = await askAccess(repositoryUrl, { job, env: { ...env, ...variables }, secrets })
  if (!COMPOSER_IS_HERE) return { step, verdict: verdict(step), composer: undefined, output: '' }
  const { exitCode, output } = await composer(['update', '--no-install', '--no-audit'], {
    cwd: job.workspace,
    env: { ...env, ...variables },
  })
  return { step, verdict: verdict(step), composer: exitCode === 0, output }
}

/** What both say when Composer succeeds, or fails: for `toMatchObject`, and without Composer the step's word alone. */
export function bothSay(word: string): { verdict: string; composer: boolean | undefined } {
  return { verdict: word, composer: COMPOSER_IS_HERE ? word === 'ready' : undefined }
}
