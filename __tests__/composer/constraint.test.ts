import { beforeAll, describe, expect, test } from '@jest/globals'
import { type Constraint, parseConstraint, satisfies } from '../../src/composer/versions/constraint.js'
import { overlaps } from '../../src/composer/versions/constraint-overlap.js'
import {
  extractStability,
  isAllowed,
  STABILITIES,
  type Stability,
  stabilityOf,
} from '../../src/composer/versions/stability.js'
import { compareVersions, normalizeVersion, type Operator } from '../../src/composer/versions/version.js'
import { composerClassesAvailable, withComposerClasses } from './real-classes.js'

const describeWithClasses = composerClassesAvailable() ? describe : describe.skip

/**
 * Any other seed must do as well with composer/semver 3.3, and the variable is there to try some. Since 3.4 dates may
 * have a number more (`2011-011-5`, `1234567.1`), which this seed does not bring up.
 */
const SEED = Number(process.env.CONSTRAINT_SEED ?? 20_250_812)

/** mulberry32: the same numbers on every machine. */
let state = SEED
function random(below: number): number {
  state = (state + 0x6d2b79f5) | 0
  let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
  mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
  return ((mixed ^ (mixed >>> 14)) >>> 0) % below
}

function pick<Item>(items: readonly [Item, ...Item[]]): Item {
  return items[random(items.length)] ?? items[0]
}

function many<Item>(count: number, make: () => Item): Item[] {
  return Array.from({ length: count }, make)
}

const SUFFIXES = [
  ...['', '', '', '', '', '-p1', '-p3', '-patch3', '-pl2', 'p1', '-beta1', '-beta.2', 'b3', '-alpha', '-a1', '-RC1'],
  ...['-rc2', 'RC', '-dev', '.x-dev', '-beta1-dev', '-stable', '-STABLE', '.dev', '+build.5', '-beta+x', '_p', '-'],
]

function numbers(): string {
  const release = () => `2.4.${random(6) + 3}`
  const module = () => `${pick(['100', '101', '103'])}.${random(5)}.${random(4)}`
  const small = () => many(random(4) + 1, () => pick(['0', '0', '1', '1', '2', '3', '10', '007'])).join('.')
  const odd = () => pick(['123456.1', '99999.0', '1.99999999999999999999.0', '0.9223372036854775807', '1.2.3.4.5'])
  return pick([release, release, module, small, small, small, random(8) === 0 ? odd : small])()
}

function versionText(): string {
  const plain = () => `${pick(['', '', '', '', 'v', 'V'])}${numbers()}${pick(['', ...SUFFIXES])}`
  const branch = () =>
    pick(['dev-', 'dev-', 'DEV-', '', '2.4-']) + pick(['develop', 'master', 'fix/a-b', '1.x', 'trunk'])
  const line = () => `${numbers()}.${pick(['x', 'X', '*'])}${pick(['-dev', '-DEV', '.dev', 'dev'])}`
  const date = () => `20${random(20) + 10}${pick(['.', '-', ''])}0115`
  const aliased = () => `${plain()} as ${plain()}`
  const flagged = () => plain() + pick(['@dev', '@beta', '@RC', '@stable', '@foo', '#abc'])
  return pick([plain, plain, plain, plain, plain, plain, branch, line, date, aliased, flagged])()
}

function constraintText(): string {
  const comparison = () =>
    pick(['', '=', '==', '!=', '<>', '<', '<=', '>', '>=', '> ', '>= ', '~', '^', '~', '^']) + versionText()
  const plain = () => pick(['', '!=', '<', '<=', '>', '>=', '~', '^', '~', '^']) + numbers()
  const wildcard = () => `${pick(['', 'v', '^', '~', '>='])}${numbers()}${pick(['.*', '.x', '.X', '.*.*', '*'])}`
  const hyphen = () => `${versionText()}${pick([' - ', ' - ', '  -  ', ' -'])}${numbers()}${pick(['', ...SUFFIXES])}`
  const any = () => pick(['*', '*', 'x', 'X', '*.*', 'v*', '@dev', '*@beta', ''])
  const inlineAlias = () => `${versionText()} as ${versionText()}`
  const single = () => pick([comparison, plain, plain, wildcard, hyphen, hyphen, any, inlineAlias])()
  const flagged = () =>
    single() + pick(['@dev', '@beta', '@RC', '@stable', '@STABLE', '@Alpha', '#f00', '#f00@dev', '@'])
  const range = () => `>=${numbers()}${pick([' ', ', ', ',', ' , ', '  '])}<${numbers()}`
  const contiguous = () => [0, 1, 2].map((step) => `>=${pick(['1', '2', '3'])}.0 <${step + 1}.0`).join(' || ')
  const both = () => `${single()}${pick([' ', ', ', ',', ',,', '\n'])}${plain()}`
  const either = () => `${single()}${pick([' || ', '||', '|', ' | ', '|||'])}${pick([single, range, plain])()}`
  return pick([single, single, plain, plain, plain, flagged, range, range, contiguous, both, either, either])()
}

/** One sign less, more or other than in a text that Composer may well accept. */
function damaged(text: string): string {
  const at = random(text.length + 1)
  const sign = pick(['', '', ...'.-_+@#~^*xv0 |,<=!\n\t\f\u00a0\u00e9'])
  return text.slice(0, at) + sign + text.slice(at + random(2))
}

const OPERATORS: readonly [Operator, ...Operator[]] = ['==', '!=', '<', '<=', '>', '>=']

const typicalVersions =
  '2.4.8 2.4.8-p3 2.4.6 2.4.4-p13 103.0.7 2.4.9-beta1 2.4.8-RC1 dev-develop 2.4-develop 100.4.x-dev 2.4.x-dev'.split(
    ' ',
  )
const typicalConstraints = [
  ...'2.4.8 2.4.8-p3 ~2.4.6-p1 103.0.* * 2.4.*@beta dev-develop 2.4-develop 100.4.x-dev !=2.4.8 <>2.4.8'.split(' '),
  ...['>=2.4.4 <2.4.8', '^1.0 || ^2.0', 'dev-develop#f00 as 2.4.x-dev', '2.4.4 - 2.4.8', '>=2.4.8-RC1'],
]
/** What chance brings up too seldom: ranges that seem to touch, branches without order, what PHP cannot count. */
const edgeVersions = ['dev-a', 'dev-b', '1.9223372036854775808', '2.0-dev', '2.5', '1.5', '0.0.0-dev', '0.0.4', '0.3.9']
const edgeConstraints = [
  ...['>=1 <=2-dev || >=2 <3', '>=2 <1 || >=1 <3', '>=1 <2|>=2 <3|>=3 <=4', '!=dev-a', '>=dev-fix', '>dev-a', '~>1.0'],
  ...[
    '1.9223372036854775807',
    '~1.9223372036854775807.0',
    '<1.9223372036854775807',
    '0.*',
    '00.*',
    '0.0.x',
    '^0.0.3',
    '^0.3',
  ],
]
const crossed = (some: string[], texts: string[]) => some.flatMap((one) => texts.map((text) => [one, text] as const))

const pairs = [
  ...crossed(typicalVersions, typicalConstraints),
  ...crossed(edgeVersions, edgeConstraints),
  ...many(4000, () => [versionText(), constraintText()] as const),
]
const versions = [...many(600, versionText), ...many(300, () => damaged(versionText()))]
const constraints = [
  ...typicalConstraints,
  ...edgeConstraints,
  ...many(300, constraintText),
  ...many(600, () => damaged(constraintText())),
]
const comparisons = many(1000, () => [normalized(), normalized(), pick(OPERATORS)] as const)
const requirements = constraints.map((constraint) => {
  const known = pick<Stability | null>([null, null, ...STABILITIES])
  return [constraint, pick<Stability>(['stable', ...STABILITIES]), known] as const
})

/** What a requirement asks for, and what a `replace` offers. */
const offers = [
  ...crossed(edgeConstraints, edgeConstraints),
  ...crossed(typicalConstraints, typicalConstraints),
  ...many(3000, () => [constraintText(), constraintText()] as const),
]

/** What PHP takes two of, so that equal versions in different spelling come up too. */
function normalized(): string {
  return (
    normalizeVersion(`${pick(['1.0', '1', '2.4.8', '0.1', 'dev-a', 'dev-b'])}${pick(['', ...SUFFIXES])}`) ?? '1.0.0.0'
  )
}

interface Answers {
  pairs: (boolean | null)[]
  versions: [normalized: string | null, stability: Stability][]
  constraints: (string | null)[]
  comparisons: boolean[]
  requirements: (number | null)[]
  offers: (boolean | null)[]
  order: Record<Stability, number>
}

const PHP = `
$parser = new Composer\\Semver\\VersionParser();
$try = function (callable $ask) { try { return $ask(); } catch (UnexpectedValueException $refusal) { return null; } };
$is = fn ($version) => new Composer\\Semver\\Constraint\\Constraint('==', $version);
return [
  'pairs' => array_map(fn ($pair) => $try(fn () =>
    $parser->parseConstraints($pair[1])->matches($is($parser->normalize($pair[0])))), $input['pairs']),
  'versions' => array_map(fn ($version) => [$try(fn () => $parser->normalize($version)),
    Composer\\Semver\\VersionParser::parseStability($version)], $input['versions']),
  'constraints' => array_map(fn ($text) => $try(fn () => (string) $parser->parseConstraints($text)), $input['constraints']),
  'comparisons' => array_map(fn ($of) => $is('1')->versionCompare($of[0], $of[1], $of[2]), $input['comparisons']),
  'requirements' => array_map(fn ($of) => Composer\\Package\\Loader\\RootPackageLoader::extractStabilityFlags(['a/b' => $of[0]],
    $of[1], $of[2] === null ? [] : ['a/b' => Composer\\Package\\BasePackage::$stabilities[$of[2]]])['a/b'] ?? null,
    $input['requirements']),
  'offers' => array_map(fn ($of) => $try(fn () =>
    $parser->parseConstraints($of[0])->matches($parser->parseConstraints($of[1]))), $input['offers']),
  'order' => Composer\\Package\\BasePackage::$stabilities,
];`

/** As the PHP above answers for a pair: null when either text is refused. */
function answer(version: string, constraintText: string): boolean | null {
  const [normalizedVersion, constraint] = [normalizeVersion(version), parseConstraint(constraintText)]
  return normalizedVersion === undefined || constraint === undefined ? null : satisfies(normalizedVersion, constraint)
}

/** As the classes of composer/semver print themselves. */
function print(constraint: Constraint): string {
  if (constraint.kind === 'any') return '*'
  if (constraint.kind === 'comparison') return `${constraint.operator} ${constraint.version}`
  return `[${constraint.constraints.map(print).join(constraint.kind === 'all-of' ? ' ' : ' || ')}]`
}

/** Each question whose two answers differ, so that a failure shows them and nothing else. */
function disagreements<Question, Answer>(
  questions: readonly Question[],
  theirs: readonly Answer[],
  ours: (question: Question) => Answer,
) {
  expect(theirs).toHaveLength(questions.length)
  return questions.flatMap((question, index) => {
    const [composer, action] = [theirs[index], ours(question)]
    return JSON.stringify(composer) === JSON.stringify(action) ? [] : [{ question, composer, action }]
  })
}

describeWithClasses(`Composer's classes agree (seed ${SEED})`, () => {
  let composer: Answers
  beforeAll(() => {
    composer = withComposerClasses(PHP, { pairs, versions, constraints, comparisons, requirements, offers }) as Answers
  })

  test(`on which of ${pairs.length} versions meet a constraint`, () => {
    expect(disagreements(pairs, composer.pairs, ([version, constraint]) => answer(version, constraint))).toEqual([])
  })

  test('after many of each answer', () => {
    const count = (list: readonly unknown[], value: unknown) => list.filter((item) => item === value).length
    expect(count(composer.pairs, true)).toBeGreaterThan(500)
    expect(count(composer.pairs, false)).toBeGreaterThan(500)
    expect(count(composer.pairs, null)).toBeGreaterThan(100)
    expect(count(composer.constraints, null)).toBeGreaterThan(100)
    expect(composer.versions.filter(([version]) => version === null).length).toBeGreaterThan(50)
    expect(count(composer.comparisons, true)).toBeGreaterThan(200)
    for (const flag of Object.values(composer.order)) {
      expect(count(composer.requirements, flag)).toBeGreaterThan(20)
    }
  })

  test(`on the normal form and the stability of ${versions.length} versions`, () => {
    const ours = (version: string): [string | null, Stability] => [
      normalizeVersion(version) ?? null,
      stabilityOf(version),
    ]
    expect(disagreements(versions, composer.versions, ours)).toEqual([])
  })

  test(`on what ${constraints.length} constraints stand for, and which are none`, () => {
    const ours = (text: string) => {
      const constraint = parseConstraint(text)
      return constraint === undefined ? null : print(constraint)
    }
    expect(disagreements(constraints, composer.constraints, ours)).toEqual([])
  })

  test(`on the order of ${comparisons.length} normalized versions`, () => {
    expect(
      disagreements(comparisons, composer.comparisons, ([a, b, operator]) => compareVersions(a, b, operator)),
    ).toEqual([])
  })

  test(`on the stability that ${requirements.length} requirements allow`, () => {
    const ours = ([constraint, minimum, known]: (typeof requirements)[number]) => {
      const stability = extractStability(constraint, minimum, known ?? undefined)
      return stability === undefined ? null : composer.order[stability]
    }
    expect(disagreements(requirements, composer.requirements, ours)).toEqual([])
  })

  test(`on which of ${offers.length} offers meet a requirement`, () => {
    const ours = ([text, offer]: (typeof offers)[number]) => {
      const [asked, offered] = [parseConstraint(text), parseConstraint(offer)]
      return asked === undefined || offered === undefined ? null : overlaps(asked, offered)
    }
    expect(disagreements(offers, composer.offers, ours)).toEqual([])
    for (const answer of [true, false]) {
      expect(composer.offers.filter((given) => given === answer).length).toBeGreaterThan(500)
    }
  })

  test('on the order of stabilities', () => {
    for (const stability of STABILITIES) {
      for (const minimum of STABILITIES) {
        expect(isAllowed(stability, minimum)).toBe(composer.order[stability] <= composer.order[minimum])
      }
    }
  })
})
