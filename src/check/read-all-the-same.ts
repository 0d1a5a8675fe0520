import { withoutUserinfo } from '../composer/effective-credentials.js'
import {
  rootReading,
  STOPS_NO_VERSION,
  type StoppedVersions,
  stoppedVersions,
} from '../composer/installed/metadata-reading.js'
import { repositoryUrl } from '../composer/repositories.js'
import type { Project } from './project.js'

/** By the URL of a repository, the versions of Composer that stop where its packages.json fails, whatever they need from there. */
export function stoppedByRoot({ repositories, policy, command }: Project): (url: string) => StoppedVersions {
  const composer = repositories.filter(({ entry }) => entry.type === 'composer')
  const stopped = (filter: boolean) => stoppedVersions((version) => rootReading(version, policy, command, filter))
  const [filtered, exempt] = [stopped(true), stopped(false)]
  const byUrl = new Map<string | undefined, StoppedVersions>()
  for (const { entry } of composer) {
    const url = urlOf(entry.url)
    if (byUrl.get(url) !== filtered) byUrl.set(url, entry.filter ? filtered : exempt)
  }
  return (url) => byUrl.get(urlOf(url)) ?? STOPS_NO_VERSION
}

function urlOf(written: string): string | undefined {
  return repositoryUrl(withoutUserinfo(written))
}
