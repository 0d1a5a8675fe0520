import type { AlreadyThere } from '../composer/already-there.js'
import type { JsonProblem, Position } from '../composer/json.js'
import type { UnreadableFile } from '../composer/manifest.js'
import type { UnwritableReason } from '../credentials/regular-file.js'
import type { Failure } from '../server/failure.js'
import type { Trace } from '../server/trace.js'

/** How bad a problem is. What the job ends with is decided by errors alone. */
export type Severity = 'error' | 'warning' | 'notice'

/** Why the secrets of a workflow may be empty, as far as the event tells. */
export type WhyMissing = 'fork' | 'dependabot' | 'unknown'

/** What gives a key away as something else, seen without asking anybody. */
export type KeyShape =
  | 'email'
  | 'mage-id'
  | 'download-token'
  | 'json'
  | 'placeholder'
  | 'expression'
  | 'equal-halves'
  | 'quotes'
  | 'inner-white-space'
  | 'surrounding-white-space'
  | 'length'

export type KeyInput = 'public-key' | 'private-key'

/** What a check found, one member per problem code, with what its words need and nothing secret. */
export type Finding =
  | { code: 'keys-missing'; missing: readonly KeyInput[]; dollar: boolean; why: WhyMissing; host: string; url: string }
  | {
      code: 'keys-malformed'
      input: KeyInput | 'both'
      shape: KeyShape
      length: number
      cutOff: readonly string[]
      host: string
    }
  | (AtServer & { code: 'keys-not-received' })
  | (AtServer & { code: 'keys-rejected' })
  | (AtServer & { code: 'keys-swapped' })
  | (AtServer & { code: 'access-forbidden' })
  | (AtServer & { code: 'repository-not-found' })
  | (AtServer & { code: 'rate-limited' })
  | (AtServer & { code: 'repository-unavailable' })
  | (AtServer & { code: 'repository-unreachable'; failure: Failure })
  | (AtServer & { code: 'tls-failed'; failure: Failure; nodeExtraCaCerts: boolean })
  | (AtServer & { code: 'proxy-failed'; failure: Failure })
  | (AtServer & { code: 'unexpected-answer'; what: UnexpectedAnswer })
  | {
      code: 'auth-file-invalid'
      path: string
      reason: InvalidReason
      section: string | undefined
      position: Position | undefined
    }
  | {
      code: 'auth-file-unwritable'
      path: string
      reason: UnwritableReason
      systemCode: string | undefined
      composerSays: string | undefined
    }
  | {
      code: 'package-denied'
      host: string
      /** Every name, in the order of the file. */
      packages: readonly string[]
      reason: 'archive' | 'not-visible' | 'filtered' | 'relative-url'
      status: number | undefined
      /** The first archive that was refused. */
      url: string | undefined
      /** What would keep Composer from noticing. */
      hiddenBy: AlreadyThere | undefined
      /** Another repository, which cannot be asked, may have the package. */
      mayBeElsewhere: boolean
      filter: string | undefined
      /** composer.lock names the host, and composer.json does not. */
      unnamed: boolean
      place: Place | undefined
    }
  | {
      code: 'version-unavailable'
      host: string
      package: string
      constraint: string
      stability: string
      nearest: readonly string[]
      /** A version satisfies the constraint and is not stable enough. */
      unstable: boolean
      mayBeElsewhere: boolean
      place: Place | undefined
    }
  | {
      code: 'credentials-missing'
      host: string
      url: string
      status: number
      packages: readonly string[]
      /** What needs the host is downloaded or resolved now, and not merely named. */
      needed: boolean
      place: Place | undefined
    }
  | {
      code: 'insecure-url'
      host: string
      url: string
      what: 'repository' | 'archive'
      schemeless: boolean
      packages: readonly string[]
      /** The coming command will open it. */
      needed: boolean
      place: Place | undefined
    }
  | { code: 'manifest-invalid'; path: string; reason: UnreadableFile['reason']; position: Position | undefined }

export type Code = Finding['code']
/** The finding of one code. */
export type FindingOf<C extends Code> = Extract<Finding, { code: C }>

export type InvalidReason = JsonProblem | 'not-an-object' | 'section' | 'entry'

/** The line of a file that causes a problem. */
export interface Place {
  readonly path: string
  readonly position: Position
}

/** What every finding about a server knows. */
export interface AtServer {
  /** The origin as Composer's auth.json names it. */
  readonly host: string
  /** The file that was asked for; holds no credentials. */
  readonly url: string
  readonly status: number | undefined
  /** How often it was asked: more than once where another try could have changed the answer. */
  readonly tries: number
  /** What the server said in its own words, shortened, on one line. */
  readonly serverText: string | undefined
  /** The proxy in between, without its credentials. */
  readonly proxy: string | undefined
  /** By which whoever runs network or server can find the request. */
  readonly trace: Trace
  /** The host that answered, when redirects led elsewhere. */
  readonly answeredBy: string | undefined
  /** What the answer means for the coming command: see `Weight`. */
  readonly weight: Weight
  /** The line of composer.json that names the host. */
  readonly place: Place | undefined
}

/**
 * What a failing packages.json means for the coming Composer command.
 *
 * - `fatal`: Composer reads it and stops.
 * - `plugin-reads`: Composer does not need it beside a lock, but a plugin that the lock installs does.
 * - `archives-fail`: Composer does not need it, but the archives of composer.lock fail in the same way.
 * - `archives-work`: Composer does not need it, and the archives download.
 * - `archives-differ`: Composer does not need it, and some archives fail in another way; they are reported.
 * - `perhaps`: Composer may not get as far as asking, since a repository before this one may have everything.
 * - `unneeded`: nothing that the command does needs the host.
 */
export type Weight =
  | 'fatal'
  | 'plugin-reads'
  | 'archives-fail'
  | 'archives-work'
  | 'archives-differ'
  | 'perhaps'
  | 'unneeded'

/** An answer that is none of a Composer repository's. */
export type UnexpectedAnswer =
  | { readonly type: 'not-json'; readonly looksLike: 'html' | 'gzip' | 'empty' | 'text' }
  | { readonly type: 'status' }
  | { readonly type: 'unauthorized-elsewhere' }
  /** Not the bytes that the repository itself promises by a sum. */
  | { readonly type: 'checksum' }
  | { readonly type: 'failure'; readonly failure: Failure }

/** A finding with what the checks decided about it. */
export interface Problem {
  readonly finding: Finding
  readonly severity: Severity
}

/** The words for one finding. */
export interface Explanation {
  /** What happened. */
  readonly what: string
  /** What Composer itself will say, word for word. */
  readonly composerSays: string | undefined
  /** Why; one sentence or several. */
  readonly why: string
  /** What to do, step by step. */
  readonly fix: readonly string[]
  /** Who can do it. */
  readonly who: string
  /** What to show them, so that they find the request in their records. */
  readonly evidence?: readonly Evidence[]
}

/** One thing that was seen of a request. */
export interface Evidence {
  readonly name: string
  readonly value: string
}

/** One code of the catalogue. */
export interface CatalogueEntry<C extends Code> {
  /** Fixed text: the runner masks nothing in titles. */
  readonly title: string
  /** The highest severity the code may take. */
  readonly atMost: Severity
  readonly explain: (finding: FindingOf<C>) => Explanation
  /** The section of docs/problems.md. */
  readonly documentation: {
    readonly see: string
    readonly means: string
    readonly fix: readonly string[]
    readonly who: string
    readonly verify: string
  }
}
