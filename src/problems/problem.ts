import type { ComposerVersions } from '../composer/installed/composer-versions.js'
import type { Position } from '../composer/json.js'

/** How bad a problem is. What the job ends with is decided by errors alone. */
export type Severity = 'error' | 'warning' | 'notice'

/** The file that causes a problem, and where in it; without a position the file as a whole is to blame. */
export interface Place {
  readonly path: string
  readonly position: Position | undefined
}

/** What every finding tells, whatever its code, so that annotations, outputs and the summary need not know the codes. */
export interface Facts {
  /** Stable: users filter by it. */
  readonly code: string
  /** The origin as Composer's auth.json names it; undefined where no host is involved. */
  readonly host: string | undefined
  /** The HTTP status that was seen. */
  readonly status: number | undefined
  /** Every package that it is about, in the order of the file. */
  readonly packages: readonly string[]
  readonly place: Place | undefined
  /** Versions of Composer that stop at it, where others go on or know better; undefined where the version makes no difference. */
  readonly stopsOnly?: ComposerVersions
}

/** The facts of a finding in which no server and no package has a part. */
export const NO_SERVER = { host: undefined, status: undefined, packages: [] } as const

/** What is known, besides a finding itself, when its severity is set. */
export interface Circumstances {
  /** The version of the installed Composer; undefined where it is not known, or makes no difference. */
  readonly version: string | undefined
  /** Composer gets along without the keys of this step: it holds others for the host, or needs nothing from it. */
  readonly composerManages: boolean
  /** The repository rejects the keys, and the coming command needs it. */
  readonly rejected: boolean
}

/** Of these nothing is known. */
export const NOTHING_KNOWN: Circumstances = { version: undefined, composerManages: false, rejected: false }

/** Where the job runs, as far as that decides which words fit. */
export interface JobSite {
  /** The runner is the user's own machine; undefined where it does not say. */
  readonly selfHosted: boolean | undefined
  /** The folder that the paths of its files are shown relative to; undefined where it does not say. */
  readonly workspace: string | undefined
  /** The system, in Node's terms. */
  readonly platform: NodeJS.Platform
}

/** The words for one finding, in the order in which they are read. */
export interface Explanation {
  /** Fixed text for this case, where the code has several; else the title of the code. */
  readonly title?: string
  /** What went wrong, as far as it was seen. Its first sentence alone tells the cause. */
  readonly cause: string
  /** What to do: at most three steps, and only those that fit what was seen. */
  readonly fix: readonly string[]
  /** Who can do it. */
  readonly who: string
  /** What Composer itself would print, word for word. */
  readonly composerSays: string | undefined
  /** What helps to understand, and chooses no step; for the summary. */
  readonly background?: string
  /** What to show to whoever runs network or server, so that they find the request in their records; for the summary. */
  readonly evidence?: readonly Evidence[]
}

/** One thing that was seen of a request. */
export interface Evidence {
  readonly name: string
  readonly value: string
}

/** One code of the catalogue: all that the action knows of it. */
export interface ProblemEntry<Finding extends Facts> {
  /** Fixed text, true for each of its causes: the runner masks nothing in titles. */
  readonly title: string
  /** The highest severity the code may take. */
  readonly atMost: Severity
  /** The severity of one finding. */
  readonly severity: (finding: Finding, circumstances: Circumstances) => Severity
  /** Whether other credentials could make the difference: a network that fails is no credential's fault. */
  readonly byCredentials: (finding: Finding) => boolean
  readonly explain: (finding: Finding, site: JobSite) => Explanation
}

/** For codes that credentials never, or always, decide. */
export const never = (): boolean => false
export const always = (): boolean => true
