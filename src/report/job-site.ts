import type { JobSite } from '../problems/problem.js'

/** Where this job runs. Source: the variable `RUNNER_ENVIRONMENT`, `github-hosted` or `self-hosted`. */
export function jobSite({ RUNNER_ENVIRONMENT: kind }: Readonly<Record<string, string | undefined>>): JobSite {
  return { selfHosted: kind === 'self-hosted' ? true : kind === 'github-hosted' ? false : undefined }
}
