import { COLUMNS, LINES, type Line } from './table.js'

/**
 * Where the action is known to be wrong about a Composer. The suite fails for an entry that has come to agree, so this list can
 * only get shorter.
 */
export interface KnownDisagreement {
  /** The row of the list of differences between Composers that this is about. */
  readonly row: 1 | 2 | 3 | 4 | 5 | 6 | 7 | 8 | 9 | 10 | 11 | 12 | 13 | 14 | 15 | 'cooldown'
  readonly why: string
  readonly group: string
  /** By name, in the lines of Composer in which the two disagree. */
  readonly scenarios: Readonly<Record<string, readonly Line[]>>
}

const ALL: readonly Line[] = LINES
const SINCE_2_5: readonly Line[] = COLUMNS
const BEFORE_2_10: readonly Line[] = ['2.2', '2.5', '2.8']
const SINCE_2_10: readonly Line[] = ['2.10', '2.11']
const BEFORE_2_11: readonly Line[] = ['2.2', '2.5', '2.8', '2.10']
const ONLY_2_10: readonly Line[] = ['2.10']
const SINCE_2_11: readonly Line[] = ['2.11']

export const KNOWN_DISAGREEMENTS: readonly KnownDisagreement[] = [
  {
    row: 2,
    why: '2.11 takes the options of a repository from composer.json, older ones those of the lock',
    group: 'headers by version',
    scenarios: {
      'no keys, a header among the options, lock without transport-options': BEFORE_2_11,
      'bad keys, a header among the options, lock without transport-options': SINCE_2_11,
    },
  },
  {
    row: 2,
    why: '2.11 takes the options of a repository from composer.json, and its lock holds none',
    group: 'credentials of other kinds',
    scenarios: { 'bad keys, a header among the options of the repository, lock': SINCE_2_11 },
  },
  {
    row: 3,
    why: '2.9 and 2.10 replace the whole section custom-headers by that of a later place',
    group: 'headers by version',
    scenarios: { 'headers for the repository in the home, for the vendor in the project': ONLY_2_10 },
  },
  {
    row: 3,
    why: '2.11 merges custom-headers host by host',
    group: 'headers by version',
    scenarios: {
      'good keys, bad headers in config.json of the home, headers for another host in the project': SINCE_2_11,
    },
  },
  {
    row: 3,
    why: 'headers, which 2.9 and newer send in the place of a pair, are not judged',
    group: 'credentials of other kinds',
    scenarios: { 'headers for the vendor beside a good pair in the project’s auth.json': SINCE_2_10 },
  },
  {
    row: 4,
    why: 'a source is taken for a way out by the lock alone, whatever the version and source-fallback',
    group: 'an archive is denied, and version control has the package',
    scenarios: {
      'no lock': BEFORE_2_10,
      lock: SINCE_2_10,
      'source-fallback on, no lock': BEFORE_2_11,
      'source-fallback on, lock': SINCE_2_11,
      'source-fallback off, lock': SINCE_2_10,
    },
  },
  {
    row: 8,
    why: '2.11 waits for as long as Retry-After says, up to a minute',
    group: 'Retry-After',
    scenarios: { '429 for a moment, Retry-After: 2': SINCE_2_11, '503 for a moment, Retry-After: 2': SINCE_2_11 },
  },
  {
    row: 9,
    why: 'the version is not read without the word "version"',
    group: 'a composer that prints no word "version"',
    scenarios: {
      'packages.json is a web page, lock': SINCE_2_10,
      'good keys in COMPOSER_AUTH, bad ones in the project': ['2.2', '2.5'],
      'bad keys in COMPOSER_AUTH, good ones in the project': ['2.8', '2.10', '2.11'],
    },
  },
  {
    row: 10,
    why: 'of an archive the status alone is looked at',
    group: 'an archive answers 200',
    scenarios: {
      'with a web page, no lock': ALL,
      'with a web page, lock': ALL,
      'with a web page, lock without checksums': ALL,
      'and ends early, lock': ALL,
      'with a part of it, lock without checksums': ALL,
      'with nothing, lock': ALL,
    },
  },
  {
    row: 13,
    why: 'the lists that packages.json names are not asked for',
    group: 'packages.json advertises a list that is a web page',
    scenarios: {
      'filter, summary-url, lock': SINCE_2_10,
      'filter, api-url, lock': SINCE_2_10,
      'security-advisories, install without a lock': SINCE_2_10,
      'security-advisories, update': SINCE_2_5,
    },
  },
  {
    row: 14,
    why: '2.11 sends a job token in a header of its own',
    group: 'the job token of GitLab',
    scenarios: {
      'header wanted, gitlab-token': SINCE_2_11,
      'header wanted, http-basic, gitlab-domains has the host': SINCE_2_11,
      'user and password wanted, gitlab-token': SINCE_2_11,
      'user and password wanted, http-basic, gitlab-domains has the host': SINCE_2_11,
    },
  },
  {
    row: 15,
    why: 'one pair is taken for the whole host, where each root is asked with its own, and archives with that of the last root',
    group: 'credentials in the URLs of two repositories at one host',
    scenarios: {
      'the second alone shows an extension, and the first may fetch it': ALL,
      'the first alone shows an extension': SINCE_2_10,
      'the second is refused, and nothing of it is needed': SINCE_2_10,
    },
  },
  {
    row: 15,
    why: '2.10 and newer ask both of two repositories at one host, whichever has the packages',
    group: 'credentials of other kinds',
    scenarios: {
      'good keys, bad ones in the URL of the second of two repositories at the host': SINCE_2_10,
      'bad keys, two repositories at the host, good ones in the URL of the first': SINCE_2_10,
    },
  },
  {
    row: 'cooldown',
    why: 'a repository without publication times is not looked for',
    group: 'cooldown',
    scenarios: {
      'policy.cooldown.period, no lock': SINCE_2_11,
      'COMPOSER_POLICY_COOLDOWN_PERIOD, no lock': SINCE_2_11,
      'COMPOSER_POLICY_COOLDOWN_PERIOD, create-project': SINCE_2_11,
    },
  },
]

/** What the two are known to disagree in, for a scenario under a line of Composer; undefined where they are to agree. */
export function knownDisagreement(
  { group, name }: { readonly group: string; readonly name: string },
  line: Line,
): KnownDisagreement | undefined {
  return KNOWN_DISAGREEMENTS.find((known) => known.group === group && known.scenarios[name]?.includes(line))
}
