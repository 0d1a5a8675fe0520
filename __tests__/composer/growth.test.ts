import { describe, expect, test } from '@jest/globals'
import { fittingVersions } from '../../src/check/resolved/wanted-package.js'
import { credentialsInUrl, withoutUserinfo } from '../../src/composer/effective-credentials.js'
import { failureLine } from '../../src/composer/failure-message.js'
import { parseJson } from '../../src/composer/json.js'
import { readPackages } from '../../src/composer/metadata.js'
import { originOf, packagesJsonUrl } from '../../src/composer/origin.js'
import { isPackageName, isPlatformPackage } from '../../src/composer/package-name.js'
import { hasControls, readUrl } from '../../src/composer/project-file.js'
import { anyMatches, nameMatches, repositoryUrl, withoutSlashesAtEnd } from '../../src/composer/repositories.js'
import { shownUrl } from '../../src/composer/shown-url.js'
import { parseConstraint } from '../../src/composer/versions/constraint.js'
import { extractStability, stabilityOf } from '../../src/composer/versions/stability.js'
import { compareVersions, normalizedNumericBranch, normalizeVersion } from '../../src/composer/versions/version.js'
import { familyOf } from '../../src/problems/families.js'
import { redactionOf } from '../../src/text/redaction.js'
import { serverText } from '../../src/text/server-text.js'
import { workflowValue } from '../../src/workflow/expression.js'

/** What a pattern that looks again from each place would need minutes for, and one that does not a few hundredths of a second. */
const CHARACTERS = 100_000
/** Of the processor, since a busy machine shall not fail the test. Milliseconds. */
const SOON = 1000

const SECRETS = [{ username: 'a'.repeat(32), password: 'the password' }]
const REDACTION = redactionOf({ pairs: SECRETS, values: [] })
const EMPTY = {
  type: 'library',
  dist: undefined,
  hasSource: false,
  hasPublishedTime: false,
  aliases: [],
  requires: [],
  provides: [],
}

/** What a pattern for Composer's failures takes before it sees that a line is none. */
const BEGUN = "curl error 1 while downloading https://a/ The 'https://a/"

/** Everything that is handed a text of others. */
const READERS: readonly (readonly [name: string, read: (text: string) => unknown])[] = [
  ['parseConstraint', parseConstraint],
  ['stabilityOf', stabilityOf],
  ['extractStability', (text) => extractStability(text, 'stable')],
  ['normalizeVersion', normalizeVersion],
  ['normalizedNumericBranch', normalizedNumericBranch],
  ['compareVersions', (text) => compareVersions(text, `${text}1`, '<')],
  [
    'fittingVersions',
    (text) =>
      fittingVersions({ name: 'a/b', constraint: text, stability: 'dev', dev: true }, [
        { ...EMPTY, name: 'a/b', version: text, versionNormalized: undefined },
      ]),
  ],
  [
    'readPackages',
    (text) => readPackages({ packages: { 'a/b': [{ version: text, extra: { 'branch-alias': { [text]: text } } }] } }),
  ],
  ['isPackageName', isPackageName],
  ['isPlatformPackage', isPlatformPackage],
  ['nameMatches', (text) => nameMatches(text, `${text}x`)],
  ['anyMatches', (text) => anyMatches([text, `${text}*`], `${text}x`)],
  ['repositoryUrl', repositoryUrl],
  ['withoutSlashesAtEnd', withoutSlashesAtEnd],
  ['packagesJsonUrl', (text) => packagesJsonUrl(`https://a/${text}`)],
  ['originOf', (text) => originOf(`https://${text}`)],
  ['credentialsInUrl', (text) => credentialsInUrl(`https://${text}`)],
  ['withoutUserinfo', (text) => withoutUserinfo(`https://${text}`)],
  ['shownUrl', shownUrl],
  // In V8 instead of the runner's .NET, which goes back in the same way.
  ['failureLine', (text) => new RegExp(failureLine('a.example')).test(text)],
  [
    'failureLine, begun',
    (text) => new RegExp(failureLine('a')).test(`Failed to download ${text} from dist: ${BEGUN}${text}`),
  ],
  ['readUrl', readUrl],
  ['hasControls', hasControls],
  ['parseJson', (text) => parseJson(Buffer.from(text))],
  ['familyOf', (text) => familyOf(`magento/module-${text}`)],
  ['workflowValue', workflowValue],
  ['serverText', (text) => serverText(Buffer.from(JSON.stringify({ warning: text })).subarray(0, 64 * 1024))],
  ['serverText, short', (text) => serverText(Buffer.from(JSON.stringify({ warning: text.slice(0, 60_000) })))],
  ['a redaction of what the project wrote', (text) => REDACTION.project(text)],
  ['a redaction of what a server wrote', (text) => REDACTION.server(text)],
]

/** What stands again and again, and what makes the whole fit nothing. */
const REPEATED = [
  ' ',
  '\t',
  '\n',
  '/',
  '#',
  '+',
  '-',
  '.',
  '.1',
  '1',
  '0',
  'a',
  'a1',
  '1.',
  'b1',
  '-p1',
  '@',
  '@dev',
  '|',
  ' |',
  ',',
  ', ',
  '*',
  '.*',
]
const MORE = [
  'x',
  '.x',
  'as ',
  ' as ',
  'dev',
  'dev-',
  '#\n',
  '+\n',
  '=',
  '^',
  '~1 ',
  '%',
  '[',
  '${{',
  "'",
  '"',
  '{',
  '[0,',
  '?',
  ':',
  'a/',
  '-a',
  'é',
  '\\',
]
const ENDS = ['', '!', '\n!']

describe('a text of 100,000 characters is read in a moment by', () => {
  test.each(READERS)('%s', (_, read) => {
    const slow: { of: string; end: string; milliseconds: number }[] = []
    for (const of of [...REPEATED, ...MORE]) {
      for (const end of ENDS) {
        const text = of.repeat(CHARACTERS / of.length) + end
        const started = process.cpuUsage()
        read(text)
        const milliseconds = process.cpuUsage(started).user / 1000
        if (milliseconds > SOON) slow.push({ of, end, milliseconds })
      }
    }
    expect(slow).toEqual([])
  })
})

test('a version that is too long is no reason for an error', () => {
  const version = { ...EMPTY, name: 'a/b', version: `1.${'0'.repeat(160_000)}`, versionNormalized: undefined }
  const wish = { name: 'a/b', constraint: '^1.0', stability: 'stable', dev: false } as const
  expect(fittingVersions(wish, [version])).toMatchObject({ best: undefined, readable: false })
  expect(fittingVersions(wish, [{ ...version, version: '2.0' }])).toMatchObject({ best: undefined, readable: true })
})
