import type { HttpBasic } from '../composer/auth-json.js'
import { packagesJsonUrl } from '../composer/origin.js'
import type { Answer, Transport } from './transport.js'

/** A Composer repository on a server. Each thing is asked for once, however often it is wanted. */
export interface Repository {
  /** The URL of its packages.json. */
  readonly rootUrl: string
  /** packages.json, with what Composer would send. */
  root(): Promise<Answer>
  /** packages.json as somebody else, without a retry; not remembered. */
  rootAs(credentials: HttpBasic): Promise<Answer>
}

/** Opens a repository; nothing is asked yet. */
export function openRepository(url: string, transport: Transport): Repository {
  const rootUrl = packagesJsonUrl(url)
  let root: Promise<Answer> | undefined
  return {
    rootUrl,
    root: () => {
      root ??= transport.get(rootUrl)
      return root
    },
    rootAs: (credentials) => transport.getOnceAs(rootUrl, credentials),
  }
}
