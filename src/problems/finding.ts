import type { AlreadyThere } from '../composer/already-there.js'
import type { InvalidAuthJson } from '../composer/auth-json.js'
import type { CredentialSource } from '../composer/effective-credentials.js'
import type { Position } from '../composer/json.js'
import type { UnreadableFile } from '../composer/project-file.js'
import type { UnwritableReason } from '../credentials/unwritable-file.js'
import type { Failure } from '../server/failure.js'
import type { Trace } from '../server/trace.js'

/** How bad a problem is. What the job ends with is decided by errors alone. */
export type Severity = 'error' | 'warning' | 'notice'

/** Why the secrets of a workflow may be empty, as far as the event tells. */
export type WhyMissing = 'fork' | 'dependabot' | 'forked-repository' | 'unknown'

/** What an expression of a workflow takes a value from. */
export interface KeyReference {
  readonly context: 'secrets' | 'vars' | 'env' | 'inputs' | 'steps' | 'needs' | 'other'
  /** Undefined where it is not fit to be shown. */
  readonly name: string | undefined
}

/** How the workflow sets an input. */
export interface InputSource {
  readonly input: KeyInput
  readonly set: 'expression' | 'text' | 'empty' | 'absent'
  /** The name of another input of the step that was probably meant as this one. */
  readonly misspelt: string | undefined
  readonly takes: readonly KeyReference[]
  /** What `env:`, or the job that calls this workflow, fills those with; empty where that is not known. */
  readonly from: readonly KeyReference[]
}

/** What the workflow's own file tells about keys. */
export interface KeySource {
  /** Empty where the step stands in a workflow that cannot be read. */
  readonly inputs: readonly InputSource[]
  /** Whether the job names an environment. */
  readonly environment: boolean
  /** Whether the step stands in a reusable workflow. */
  readonly called: boolean
  /** What the job that calls the reusable workflow fails to hand on. */
  readonly call:
    | { readonly kind: 'no-secrets' }
    | { readonly kind: 'not-passed'; readonly names: readonly string[] }
    | undefined
}

/** What gives a key away as something else, seen without asking anybody. */
export type KeyShape =
  | 'email'
  | 'mage-id'
  | 'download-token'
  | 'json'
  | 'pem'
  | 'url'
  | 'pair'
  | 'labelled'
  | 'placeholder'
  | 'masked'
  | 'expression'
  | 'dollar'
  | 'variable'
  | 'equal-halves'
  | 'quotes'
  | 'inner-white-space'
  | 'surrounding-white-space'
  | 'length'

export type KeyInput = 'public-key' | 'private-key'

/** What a check found, one member per problem code, with what its words need and nothing secret. */
export type Finding =
  | {
      code: 'keys-missing'
      missing: readonly KeyInput[]
      dollar: boolean
      why: WhyMissing
      host: string
      url: string
      /** Credentials for other hosts were handed over, and written. */
      others: boolean
      /** Undefined where the step could not be told in the workflow's file. */
      source: KeySource | undefined
      /** The line of the workflow that is to blame. */
      place: Place | undefined
    }
  | {
      code: 'keys-malformed'
      input: KeyInput | 'both'
      /** The pair stands in `composer-auth`. */
      inComposerAuth: boolean
      shape: KeyShape
      /** Characters. */
      length: number
      /** White space and invisible characters around or inside, by name. */
      characters: readonly string[]
      /** Undefined where the step could not be told in the workflow's file. */
      source: KeySource | undefined
      /** The line of the workflow that sets the input. */
      place: Place | undefined
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
      /** The step's own credentials were to go there, and were not written. */
      refused: boolean
      /** Composer stops there, and does not merely go on without. */
      stops: boolean
    }
  | {
      code: 'auth-file-unwritable'
      path: string
      reason: UnwritableReason
      systemCode: string | undefined
      composerSays: string | undefined
    }
  | {
      code: 'auth-file-exposed'
      path: string
      /** git has the file already; else it does not ignore it. */
      tracked: boolean
      /** The step's own credentials are in it. */
      written: boolean
    }
  | {
      code: 'credentials-overridden'
      host: string
      by: CredentialSource['by']
      /** The file or variable that wins. */
      source: string
      /** The section that wins, of auth.json or of `config`; empty for a URL. */
      section: string
      /** Whether what wins is a pair or a token, and so could be asked with. */
      sent: boolean
      /** The installed Composer's version, where it decides which place wins. */
      installed: string | undefined
      /** What the winning credentials fail with; undefined while none was seen. */
      fails: OverriddenFailure | undefined
      place: Place | undefined
    }
  | {
      code: 'package-denied'
      /** Empty where no host denies it. */
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
      /** What the input `packages` asks for behind the name, if anything. */
      constraint: string | undefined
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
      /** What the host answered; undefined where this step's credentials are not read. */
      status: number | undefined
      /** The section in which this step's credentials stand, where Composer knows it only since 2.9. */
      newSection: string | undefined
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

/** What came of asking with the credentials that Composer uses instead of the given ones. */
export interface OverriddenFailure {
  readonly code: Code
  readonly status: number | undefined
  readonly url: string | undefined
  readonly packages: readonly string[]
}

export type Code = Finding['code']
/** The finding of one code. */
export type FindingOf<C extends Code> = Extract<Finding, { code: C }>

export type InvalidReason = InvalidAuthJson['reason']

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
