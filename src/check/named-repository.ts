import type { SentCredentials } from '../composer/http-basic.js'
import type { StoppedVersions } from '../composer/installed/metadata-reading.js'
import type { Place } from '../problems/problem.js'
import { openRepository, type Repository } from '../server/repository.js'
import type { Transport } from '../server/transport.js'
import { type AccessContext, type AccessResult, checkAccess } from './access.js'

/** A Composer repository that this project names, or that the step's keys are for. */
export interface NamedRepository {
  /** Without credentials, without a slash at its end. */
  readonly url: string
  readonly origin: string
  readonly credentials: SentCredentials | undefined
  readonly place: Place | undefined
  /** Versions of Composer that stop where its packages.json fails, whatever they need from there. */
  readonly stopped: StoppedVersions
  readonly repository: Repository
  /** Whether it accepts its credentials; asked once. */
  access(): Promise<AccessResult>
  /** What `access` came to, if somebody asked. */
  readonly answered: AccessResult | undefined
}

/** Opens a repository; nothing is asked yet. */
export function openNamedRepository(
  url: string,
  context: AccessContext,
  stopped: StoppedVersions,
  transport: Transport,
): NamedRepository {
  const repository = openRepository(url, transport)
  let access: Promise<AccessResult> | undefined
  let answered: AccessResult | undefined
  return {
    url,
    origin: context.host,
    credentials: context.credentials,
    place: context.place,
    stopped,
    repository,
    access: () => {
      access ??= checkAccess(repository, context, stopped).then((result) => {
        answered = result
        return result
      })
      return access
    },
    get answered() {
      return answered
    },
  }
}
