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
const SINCE_2_10: readonly Line[] = ['2.10', '2.11']
const ONLY_2_10: readonly Line[] = ['2.10']
const SINCE_2_11: readonly Line[] = ['2.11']

export const KNOWN_DISAGREEMENTS: readonly KnownDisagreement[] = [
  {
    row: 1,
    why: '2.9 and 2.10 repair a lock of which the content-hash alone is in conflict',
    group: 'lock files by version',
    scenarios: { 'content-hash alone in conflict': ONLY_2_10 },
  },
  {
    row: 5,
    why: '2.10 and newer read packages.json of every repository on install',
    group: 'lock, packages.json of a second repository',
    scenarios: { 'a web page': SINCE_2_10, null: SINCE_2_10, nothing: SINCE_2_10 },
  },
  {
    row: 6,
    why: 'ignore-unreachable is not read',
    group: 'lock, packages.json fails, by policy',
    scenarios: {
      '403, ignore-unreachable: false': SINCE_2_10,
      '404, ignore-unreachable: false': SINCE_2_10,
      '503, ignore-unreachable: false': SINCE_2_10,
      '403, ignore-unreachable without install': SINCE_2_10,
      '403, audit.ignore-unreachable: true': SINCE_2_10,
    },
  },
  {
    row: 7,
    why: 'what switches off the reading of packages.json on install is not read',
    group: 'lock, packages.json is a web page, by policy',
    scenarios: {
      'policy: false': SINCE_2_10,
      'policy.malware: false': SINCE_2_10,
      'policy.malware.block: false': SINCE_2_10,
      'block-scope: update': SINCE_2_10,
      'COMPOSER_POLICY=0': SINCE_2_10,
      'COMPOSER_POLICY_MALWARE_BLOCK=0': SINCE_2_10,
      'COMPOSER_NO_BLOCKING=1': SINCE_2_10,
      'COMPOSER_NO_SECURITY_BLOCKING=1': SINCE_2_10,
      'policy.malware: false, another list on': SINCE_2_10,
    },
  },
  {
    row: 11,
    why: 'config.lock is not read',
    group: 'config.lock: false beside a lock',
    scenarios: {
      'packages.json answers 403': ALL,
      'what is required now is denied, and the lock has it not': ALL,
    },
  },
  {
    row: 12,
    why: 'the audit of an update reads packages.json of every repository',
    group: 'no lock, packages.json of a second repository',
    scenarios: {
      'a web page, update': ['2.5', '2.8'],
      'a web page, update, and only lets nothing through': ['2.5', '2.8'],
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
