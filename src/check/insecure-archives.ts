import { grouped } from '../collections/grouped.js'
import { originOf } from '../composer/origin.js'
import { shownUrl } from '../composer/shown-url.js'
import type { Cloned } from '../problems/at-server.js'
import type { Finding } from '../problems/finding.js'
import { clonedInstead } from './archive-findings.js'
import type { Archive } from './archives.js'
import type { CheckContext } from './context.js'

/** Archives as Composer asks for them while `secure-http` is on: it passes over addresses over http. */
export interface SecureArchives {
  /** Those that have another address, without the ones over http. */
  readonly secure: readonly Archive[]
  /** Those that have none. */
  readonly insecure: readonly Archive[]
}

/** Source of the rule: `CurlDownloader::initDownload`, `Config::prohibitUrlByConfig`. */
export function withoutHttp(archives: readonly Archive[], { project }: Pick<CheckContext, 'project'>): SecureArchives {
  if (!project.secureHttp) return { secure: archives, insecure: [] }
  const isHttp = (url: string) => /^http:/i.test(url)
  const insecure = archives.filter(({ urls }) => urls.length > 0 && urls.every(isHttp))
  const over = new Set(insecure)
  const secure = archives
    .filter((archive) => !over.has(archive))
    .map((archive) =>
      archive.urls.some(isHttp) ? { ...archive, urls: archive.urls.filter((url) => !isHttp(url)) } : archive,
    )
  return { secure, insecure }
}

/**
 * Archives that Composer refuses to download: a finding for each host.
 *
 * @param named what names them
 */
export async function insecureFindings(
  archives: readonly Archive[],
  named: 'lock' | 'metadata',
  context: CheckContext,
): Promise<Finding[]> {
  const cloned = await clonedInstead(archives, context)
  const hosts = grouped(archives, ({ urls }) => originOf(urls[0] ?? ''))
  return [...hosts].map(([host, group]) => ({
    code: 'insecure-url',
    host,
    what: 'archive',
    named,
    url: shownUrl(group[0]?.urls[0] ?? ''),
    status: undefined,
    schemeless: false,
    packages: group.map(({ name }) => name),
    needed: group.some((archive) => isNeeded(archive, cloned)),
    place: group[0]?.place(),
  }))
}

function isNeeded(archive: Archive, cloned: (archive: Archive) => Cloned): boolean {
  return archive.hiddenBy === undefined && !archive.mayBeElsewhere && cloned(archive) === 'no'
}
