import type { JobSite } from '../problems/problem.js'

const SELF_HOSTED: ReadonlyMap<string, boolean> = new Map([
  ['self-hosted', true],
  ['github-hosted', false],
])

/** Where this job runs. Source: the variable `RUNNER_ENVIRONMENT`, `github-hosted` or `self-hosted`. */
export function jobSite({ RUNNER_ENVIRONMENT: kind }: Readonly<Record<string, string | undefined>>): JobSite {
  return { selfHosted: SELF_HOSTED.get(kind ?? '') }
}
