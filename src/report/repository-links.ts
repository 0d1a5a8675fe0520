import { DEPENDABOT_SECRETS, LINKS, SECRETS } from '../problems/phrases.js'
import type { Links } from './markdown.js'

type Environment = Readonly<Record<string, string | undefined>>

/** The address of this repository on GitHub; undefined where the runner does not tell one. */
function repositoryUrl({
  GITHUB_SERVER_URL: server = '',
  GITHUB_REPOSITORY: name = '',
}: Environment): string | undefined {
  if (!/^https:\/\/[\w.-]+(?::\d+)?$/.test(server) || !/^[\w.-]+\/[\w.-]+$/.test(name)) return undefined
  return `${server}/${name}`
}

/** Words of ours that lead to a page, those of this repository's settings included. */
export function wordLinks(env: Environment): Links {
  const repository = repositoryUrl(env)
  if (repository === undefined) return LINKS
  const settings = `${repository}/settings/secrets`
  return new Map([...LINKS, [SECRETS, `${settings}/actions`], [DEPENDABOT_SECRETS, `${settings}/dependabot`]])
}

/** The address of a line of a file in the commit that runs; undefined where the runner does not tell the commit. */
export function lineUrl(file: string, line: number | undefined, env: Environment): string | undefined {
  const repository = repositoryUrl(env)
  const commit = env.GITHUB_SHA ?? ''
  if (repository === undefined || !/^[0-9a-f]{40,64}$/.test(commit)) return undefined
  const path = file.split('/').map(encodeURIComponent).join('/')
  return `${repository}/blob/${commit}/${path}${line === undefined ? '' : `#L${line}`}`
}
