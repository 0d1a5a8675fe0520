import type { JobSite } from '../problems/problem.js'

const SELF_HOSTED: ReadonlyMap<string, boolean> = new Map([
  ['self-hosted', true],
  ['github-hosted', false],
])

/** Where this job runs. Source: the variables `RUNNER_ENVIRONMENT` (`github-hosted` or `self-hosted`) and `GITHUB_WORKSPACE`, and Node. */
export function jobSite({
  RUNNER_ENVIRONMENT: kind,
  GITHUB_WORKSPACE: workspace,
}: Readonly<Record<string, string | undefined>>): JobSite {
  return { selfHosted: SELF_HOSTED.get(kind ?? ''), workspace, platform: process.platform }
}
