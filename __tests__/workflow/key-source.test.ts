import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join, relative } from 'node:path'
import { performance } from 'node:perf_hooks'
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import type { KeyInput } from '../../src/problems/workflow-inputs.js'
import { type Came, cameAs, type FoundSource, findKeySource } from '../../src/workflow/key-source.js'

let workspace: string
beforeEach(() => {
  workspace = mkdtempSync(join(tmpdir(), 'workflows-'))
})
afterEach(() => rmSync(workspace, { recursive: true, force: true }))

const CI = '.github/workflows/ci.yml'
/** What the runner tells a step of the action from its repository. */
const REMOTE = {
  GITHUB_WORKFLOW_REF: `acme/shop/${CI}@refs/pull/7/merge`,
  GITHUB_REPOSITORY: 'acme/shop',
  GITHUB_ACTION_REPOSITORY: 'OWNER/magento-composer-auth',
  GITHUB_ACTION: '__OWNER_magento-composer-auth',
  GITHUB_JOB: 'test',
}
const USES = 'OWNER/magento-composer-auth@v1'

function write(files: Readonly<Record<string, string | Buffer>>): void {
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(workspace, name)), { recursive: true })
    writeFileSync(join(workspace, name), text)
  }
}

interface Question {
  readonly env?: Readonly<Record<string, string | undefined>>
  /** What came, by input. */
  readonly missing?: Partial<Record<KeyInput, string>>
}

function ask({ env = {}, missing = { 'public-key': '', 'private-key': '' } }: Question = {}): FoundSource | undefined {
  const came = new Map<KeyInput, Came>()
  for (const input of ['public-key', 'private-key'] as const) {
    const value = missing[input]
    if (value !== undefined) came.set(input, cameAs(value))
  }
  return findKeySource({ ...REMOTE, GITHUB_WORKSPACE: workspace, ...env }, came)
}

/** `ci.yml:12:11`: the place, as the annotation will name it. */
function placeOf(found: FoundSource | undefined): string | undefined {
  if (found === undefined) return undefined
  const { path, position } = found.place
  return `${relative(join(workspace, '.github/workflows'), path)}:${position?.line}:${position?.column}`
}

/** Everything that the found inputs are named after, in order. */
function namesOf(found: FoundSource | undefined): string[] {
  const inputs = found?.source.inputs ?? []
  return inputs.flatMap(({ takes, from }) =>
    [...takes, ...from].map(({ context, name }) => `${context}.${name ?? '?'}`),
  )
}

/** Where `mark` stands in a text, as line and column, both from 1. */
function positionOf(text: string, mark: string): string {
  const before = text.slice(0, text.indexOf(mark)).split(/\r\n|\n/)
  return `${before.length}:${(before.at(-1) ?? '').length + 1}`
}

const WITH = `          public-key: \${{ secrets.PUBLIC }}
          private-key: \${{ secrets.PRIVATE }}
`
const PLAIN = `on: push
jobs:
  test:
    runs-on: ubuntu-24.04
    steps:
      - uses: actions/checkout@v7
      - uses: ${USES}
        with:
${WITH}`

describe('the line of the input is found, and what it takes', () => {
  test.each<[string, string, Question, string, string[]]>([
    ['one step', PLAIN, {}, 'public-key:', ['secrets.PUBLIC', 'secrets.PRIVATE']],
    [
      'one key alone is missing: its line',
      PLAIN,
      { missing: { 'private-key': '' } },
      'private-key:',
      ['secrets.PRIVATE'],
    ],
    ['Windows line ends', PLAIN.replaceAll('\n', '\r\n'), {}, 'public-key:', ['secrets.PUBLIC', 'secrets.PRIVATE']],
    ['a byte order mark', `\uFEFF${PLAIN}`, {}, 'public-key:', ['secrets.PUBLIC', 'secrets.PRIVATE']],
    [
      'another spelling of owner, repository and input',
      PLAIN.replace(USES, 'owner/Magento-Composer-Auth@main').replace('public-key', 'Public-Key'),
      {},
      'Public-Key:',
      ['secrets.PUBLIC', 'secrets.PRIVATE'],
    ],
    [
      'hyphens of the made-up id replaced',
      PLAIN,
      { env: { GITHUB_ACTION: '__OWNER_magento_composer_auth' } },
      'public-key:',
      ['secrets.PUBLIC', 'secrets.PRIVATE'],
    ],
    [
      'several steps, told apart by number',
      `${PLAIN}      - uses: ${USES}
        with: { "public-key": "\${{ secrets.SECOND }}", private-key: '\${{secrets.THIRD}}' }
      - uses: ${USES}
        with: { public-key: "\${{ secrets.LAST }}", private-key: "\${{ secrets.LAST }}" }
`,
      { env: { GITHUB_ACTION: '__OWNER_magento-composer-auth_2' } },
      '"public-key"',
      ['secrets.SECOND', 'secrets.THIRD'],
    ],
    [
      'several steps, told apart by id',
      `${PLAIN}      - uses: ${USES}
        id: auth
        with:
          'public-key': \${{ secrets['SECOND'] }}
          private-key: \${{ vars.SECOND || secrets.FALLBACK }}
`,
      { env: { GITHUB_ACTION: 'auth' } },
      "'public-key'",
      ['secrets.SECOND', 'vars.SECOND', 'secrets.FALLBACK'],
    ],
    [
      'a step with an id does not count for the others',
      PLAIN.replace(
        '      - uses: actions/checkout@v7',
        `      - { id: first, uses: ${USES}, with: { public-key: "\${{ env.A }}" } }`,
      ),
      {},
      'public-key: ${{ secrets.PUBLIC',
      ['secrets.PUBLIC', 'secrets.PRIVATE'],
    ],
    [
      'several jobs, with a matrix',
      `${PLAIN}  other:
    strategy: { matrix: { php: ["8.2", "8.3"] } }
    runs-on: ubuntu-24.04
    steps:
      - uses: ${USES}
        with:
          public-key:   \${{ secrets[matrix.php] }}
          private-key: \${{ secrets[format('KEY_{0}', matrix.php)] }}
`,
      { env: { GITHUB_JOB: 'other' } },
      'public-key:  ',
      ['secrets.?', 'secrets.?'],
    ],
    [
      'a local action, several of them',
      PLAIN.replace('actions/checkout@v7', './.github/actions/prepare').replace(USES, './'),
      { env: { GITHUB_ACTION_REPOSITORY: '', GITHUB_ACTION: '__self_2' } },
      'public-key:',
      ['secrets.PUBLIC', 'secrets.PRIVATE'],
    ],
    [
      'variables of the workflow, the innermost first',
      PLAIN.replace('on: push', 'on: push\nenv: { ONE: "${{ secrets.OUTER }}", TWO: "${{ secrets.TWO }}" }')
        .replace('    steps:', '    env: { ONE: "${{ secrets.INNER }}" }\n    steps:')
        .replace('secrets.PUBLIC', 'env.ONE')
        .replace('secrets.PRIVATE', 'env.TWO'),
      {},
      'public-key:',
      ['env.ONE', 'secrets.INNER', 'env.TWO', 'secrets.TWO'],
    ],
    [
      'results of steps and jobs',
      PLAIN.replace('secrets.PUBLIC', 'steps.vault.outputs.public').replace(
        'secrets.PRIVATE',
        'needs.keys.outputs.private',
      ),
      {},
      'public-key:',
      ['steps.vault.outputs.public', 'needs.keys.outputs.private'],
    ],
    [
      'a lone dollar sign',
      PLAIN.replace('${{ secrets.PRIVATE', () => '$${{ secrets.PRIVATE'),
      { missing: { 'private-key': '$' } },
      'private-key:',
      ['secrets.PRIVATE'],
    ],
    [
      'a text that looks like a secret is none',
      PLAIN.replace('secrets.PRIVATE', "inputs.key == 'secrets.NONE' && secrets.REAL"),
      { missing: { 'private-key': '' } },
      'private-key:',
      ['inputs.key', 'secrets.REAL'],
    ],
  ])('%s', (_, text, question, mark, names) => {
    write({ [CI]: text })
    const found = ask(question)
    expect(placeOf(found)).toBe(`ci.yml:${positionOf(text.replace('\uFEFF', ''), mark)}`)
    expect(namesOf(found)).toEqual(names)
    expect(found?.source.called).toBe(false)
  })

  test('anchors: the line where the input really stands', () => {
    const text = `on: push
x-keys: &keys
  public-key: \${{ secrets.PUBLIC }}
  private-key: &private \${{ secrets.PRIVATE }}
jobs:
  test:
    steps:
      - uses: ${USES}
        with: *keys
  merged:
    steps:
      - uses: ${USES}
        with:
          <<: *keys
          private-key: *private
`
    write({ [CI]: text })
    expect(placeOf(ask())).toBe('ci.yml:3:3')
    expect(placeOf(ask({ env: { GITHUB_JOB: 'merged' } }))).toBe('ci.yml:3:3')
    const one = ask({ env: { GITHUB_JOB: 'merged' }, missing: { 'private-key': '' } })
    expect(placeOf(one)).toBe('ci.yml:15:11')
    expect(namesOf(one)).toEqual(['secrets.PRIVATE'])
  })

  test('an anchor that is given again means the last one', () => {
    const text = PLAIN.replace('on: push', 'on: push\nx-a: [&k "${{ secrets.OLD }}", &k "${{ secrets.NEW }}"]').replace(
      '${{ secrets.PUBLIC }}',
      '*k',
    )
    write({ [CI]: text })
    expect(namesOf(ask())).toEqual(['secrets.NEW', 'secrets.PRIVATE'])
  })

  test('whether the job names an environment', () => {
    write({ [CI]: PLAIN.replace('    steps:', '    environment: production\n    steps:') })
    expect(ask()?.source.environment).toBe(true)
    write({ [CI]: PLAIN })
    expect(ask()?.source.environment).toBe(false)
  })
})

describe('an input that the step does not set', () => {
  test.each<[string, string, string, string | undefined]>([
    ['forgotten', PLAIN.replace(/ {10}private-key.*\n/, ''), 'with:', undefined],
    ['without any `with:`', PLAIN.replace(/ {8}with:\n[\s\S]*$/, ''), `uses: ${USES}`, undefined],
    ['an empty `with:`', PLAIN.replace(WITH, ''), 'with:', undefined],
    ['misspelt with an underscore', PLAIN.replace('private-key', 'private_key'), 'private_key', 'private_key'],
    ['misspelt in camel case', PLAIN.replace('private-key', 'privateKey'), 'privateKey', 'privateKey'],
    ['misspelt by a letter', PLAIN.replace('private-key', 'pivate-key'), 'pivate-key', 'pivate-key'],
    ['two letters exchanged', PLAIN.replace('private-key', 'privaet-key'), 'privaet-key', 'privaet-key'],
    ['as Composer calls it', PLAIN.replace('private-key', 'password'), 'password', 'password'],
  ])('%s', (_, text, mark, misspelt) => {
    write({ [CI]: text })
    const found = ask({ missing: { 'private-key': '' } })
    expect(placeOf(found)).toBe(`ci.yml:${positionOf(text, mark)}`)
    expect(found?.source.inputs).toEqual([{ input: 'private-key', set: 'absent', misspelt, takes: [], from: [] }])
  })

  test.each(['""', '', "''"])('set to nothing: %s', (value) => {
    const text = PLAIN.replace('${{ secrets.PRIVATE }}', value)
    write({ [CI]: text })
    const found = ask({ missing: { 'private-key': '' } })
    expect(placeOf(found)).toBe(`ci.yml:${positionOf(text, 'private-key')}`)
    expect(found?.source.inputs[0]?.set).toBe('empty')
  })
})

describe('reusable workflows', () => {
  const CALLED = PLAIN.replace('on: push', 'on: workflow_call')
  const caller = (more: string) => `on: push
jobs:
  lint:
    runs-on: ubuntu-24.04
    steps: [{ run: "true" }]
  call:
    uses: ./.github/workflows/called.yml
${more}`

  test('called without `secrets:`: the line of the call', () => {
    write({ [CI]: caller(''), '.github/workflows/called.yml': CALLED })
    const found = ask()
    expect(placeOf(found)).toBe('ci.yml:7:5')
    expect(found?.source).toMatchObject({ called: true, call: { kind: 'no-secrets' } })
    expect(namesOf(found)).toEqual(['secrets.PUBLIC', 'secrets.PRIVATE'])
  })

  test('called with `secrets: inherit`: the line of the input', () => {
    write({ [CI]: caller('    secrets: inherit\n'), '.github/workflows/called.yml': CALLED })
    const found = ask()
    expect(placeOf(found)).toBe('called.yml:9:11')
    expect(found?.source).toMatchObject({ called: true, call: undefined })
  })

  test('called with one secret and not the other: the list', () => {
    const more = '    secrets:\n      public: ${{ secrets.MAGENTO_PUBLIC }}\n'
    write({ [CI]: caller(more), '.github/workflows/called.yml': CALLED })
    const found = ask()
    expect(placeOf(found)).toBe('ci.yml:8:5')
    expect(found?.source.call).toEqual({ kind: 'not-passed', names: ['PRIVATE'], inputs: ['private-key'] })
  })

  test('called with both by other names: those are what must exist', () => {
    const more = '    secrets: { PUBLIC: "${{ secrets.A }}", PRIVATE: "${{ secrets.B }}" }\n'
    write({ [CI]: caller(more), '.github/workflows/called.yml': CALLED })
    expect(namesOf(ask())).toEqual(['secrets.PUBLIC', 'secrets.A', 'secrets.PRIVATE', 'secrets.B'])
    expect(placeOf(ask())).toBe('called.yml:9:11')
  })

  test('a call within a called workflow: the call that hands nothing on', () => {
    const between =
      'on: workflow_call\njobs:\n  call:\n    uses: ./.github/workflows/called.yml\n    secrets: inherit\n'
    const outer = caller('').replace('called.yml', 'between.yml')
    write({ [CI]: outer, '.github/workflows/between.yml': between, '.github/workflows/called.yml': CALLED })
    expect(placeOf(ask())).toBe('ci.yml:7:5')
    write({ [CI]: `${outer}    secrets: inherit\n` })
    expect(placeOf(ask())).toBe('called.yml:9:11')
  })

  test('two jobs call it: what holds for both is said, on the line of the input', () => {
    const second = '  again:\n    uses: ./.github/workflows/called.yml\n'
    write({ [CI]: caller(second), '.github/workflows/called.yml': CALLED })
    expect(placeOf(ask())).toBe('called.yml:9:11')
    expect(ask()?.source.call).toEqual({ kind: 'no-secrets' })
    write({ [CI]: caller(`${second}    secrets: inherit\n`) })
    expect(ask()?.source.call).toBeUndefined()
  })

  test('one of another repository, called without `secrets:`', () => {
    const remote = caller('').replace('./.github/workflows/called.yml', 'acme/ci/.github/workflows/called.yml@v1')
    write({ [CI]: remote })
    const found = ask()
    expect(placeOf(found)).toBe('ci.yml:7:5')
    expect(found?.source).toMatchObject({ inputs: [], environment: false, called: true, call: { kind: 'no-secrets' } })
    write({ [CI]: `${remote}    secrets: inherit\n` })
    expect(ask()).toBeUndefined()
    write({ [CI]: `${remote}  two:\n    uses: acme/ci/.github/workflows/two.yml@v1\n` })
    expect(ask()).toBeUndefined()
  })

  test('the same job and step in two files: no line', () => {
    const both = `${caller('')}${PLAIN.slice(PLAIN.indexOf('  test:'))}`
    write({ [CI]: both, '.github/workflows/called.yml': CALLED })
    expect(ask()).toBeUndefined()
  })

  test('workflows that call each other end', () => {
    write({ [CI]: caller('').replace('called.yml', 'ci.yml') })
    expect(ask({ env: { GITHUB_JOB: 'nowhere' } })?.source.call).toEqual({ kind: 'no-secrets' })
  })
})

describe('no line is claimed', () => {
  test.each<[string, string | Buffer, Question]>([
    ['in a composite action', PLAIN, { env: { GITHUB_ACTION_PATH: '/actions/acme/prepare/v1' } }],
    [
      'in a composite action, told by the step alone',
      PLAIN.replace(USES, 'acme/prepare@v1'),
      { env: { GITHUB_ACTION: '__acme_prepare' } },
    ],
    ['for a step that is not in the file', PLAIN, { env: { GITHUB_ACTION: 'other' } }],
    ['for a job that is not in the file', PLAIN, { env: { GITHUB_JOB: 'other' } }],
    ['for a number that is not in the file', PLAIN, { env: { GITHUB_ACTION: '__OWNER_magento-composer-auth_2' } }],
    ['for a local action in the place of one from a repository', PLAIN, { env: { GITHUB_ACTION_REPOSITORY: '' } }],
    ['where a key stands in the line', PLAIN.replace('${{ secrets.PUBLIC }}', 'text'), {}],
    ['where text surrounds the expression', PLAIN.replace('${{ secrets.PUBLIC }}', 'x${{ secrets.PUBLIC }}'), {}],
    ['where a dollar sign came and none is there', PLAIN, { missing: { 'public-key': '$', 'private-key': '' } }],
    [
      'where none came and a dollar sign is there',
      PLAIN.replace('${{ secrets.PUBLIC', () => '$${{ secrets.PUBLIC'),
      {},
    ],
    ['where a text is given for an empty secret', PLAIN.replace('secrets.PUBLIC', "secrets.PUBLIC || 'x'"), {}],
    ['where the inputs are inserted', PLAIN.replace(WITH, '          ${{ insert }}: ${{ fromJSON(env.KEYS) }}\n'), {}],
    ['where `with` is no mapping', PLAIN.replace(/with:\n[\s\S]*$/, 'with: keys\n'), {}],
    ['in braces without quotation marks', PLAIN.replace(`\n${WITH}`, ' {public-key: ${{ secrets.PUBLIC }}}\n'), {}],
    ['with a tab for indentation', PLAIN.replace('          public', '\tpublic'), {}],
    ['with an input that stands twice', PLAIN + WITH, {}],
    ['with a job that stands twice', `${PLAIN}${PLAIN.slice(PLAIN.indexOf('  test:'))}`, {}],
    ['in two documents', `${PLAIN}---\n${PLAIN}`, {}],
    ['in an empty file', '', {}],
    ['in a file that is no mapping', '- a\n- b\n', {}],
    ['in a file that is not UTF-8', Buffer.from(PLAIN.replace('push', 'p\u00FCsh'), 'latin1'), {}],
    ['in a file that is too long', `${PLAIN}# ${'x'.repeat(300_000)}\n`, {}],
    ['with an alias to nothing', PLAIN.replace('${{ secrets.PUBLIC }}', '*nothing'), {}],
    ['for a workflow of another repository', PLAIN, { env: { GITHUB_REPOSITORY: 'acme/other' } }],
    ['without a reference', PLAIN, { env: { GITHUB_WORKFLOW_REF: undefined } }],
    ['without a workspace', PLAIN, { env: { GITHUB_WORKSPACE: undefined } }],
  ])('%s', (_, text, question) => {
    write({ [CI]: text })
    expect(ask(question)).toBeUndefined()
  })

  test('without the file', () => expect(ask()).toBeUndefined())

  test.each([
    'acme/shop/.github/workflows/../../ci.yml@refs/heads/main',
    'acme/shop/.github/workflows/sub/ci.yml@refs/heads/main',
    'acme/shop/../../ci.yml@refs/heads/main',
    'acme/shop/dynamic/ci.yml@refs/heads/main',
  ])('for a path that GitHub takes no workflows from: %s', (GITHUB_WORKFLOW_REF) => {
    write({ [CI]: PLAIN, 'ci.yml': PLAIN, '.github/workflows/sub/ci.yml': PLAIN, 'dynamic/ci.yml': PLAIN })
    expect(ask({ env: { GITHUB_WORKFLOW_REF } })).toBeUndefined()
  })

  test('for a link that leads out of the workspace', () => {
    const outside = `${workspace}-outside.yml`
    writeFileSync(outside, PLAIN)
    mkdirSync(join(workspace, '.github/workflows'), { recursive: true })
    symlinkSync(outside, join(workspace, CI))
    try {
      expect(ask()).toBeUndefined()
    } finally {
      rmSync(outside)
    }
  })

  test('for a pipe, which is not waited for', () => {
    mkdirSync(join(workspace, '.github/workflows'), { recursive: true })
    execFileSync('mkfifo', [join(workspace, CI)])
    expect(ask()).toBeUndefined()
  })

  test.each<[string, string]>([
    ['a key in the place of a name', `secrets.${'abcdef01'.repeat(4)}`],
    ['a name with a command in it', "secrets['::error::x']"],
    ['a name with markup in it', "secrets['<img src=x>']"],
    ['an endless name', `secrets.${'A'.repeat(500)}`],
  ])('a name that is not fit to be shown is not: %s', (_, expression) => {
    write({ [CI]: PLAIN.replace('secrets.PUBLIC', expression) })
    expect(namesOf(ask())).toEqual(['secrets.?', 'secrets.PRIVATE'])
  })
})

describe('a hostile file costs little', () => {
  const bomb = Array.from({ length: 20 }, (_, at) => `x${at}: &a${at} [${`*a${at - 1},`.repeat(9)}*a${at - 1}]`)
  test.each<[string, string]>([
    ['aliases of aliases', `x-1: &a-1 [x]\n${bomb.join('\n')}\n${PLAIN}`],
    ['a mapping that is merged into itself', PLAIN.replace('with:\n', 'with: &w\n          <<: [*w, *w, *w]\n')],
    ['brackets without end', '['.repeat(200_000)],
    ['braces without end', '{a: '.repeat(60_000)],
    ['dashes without end', '- '.repeat(120_000)],
    ['keys without end', Array.from({ length: 35_000 }, (_, at) => `k${at}:`).join('\n')],
    ['anchors without end', Array.from({ length: 20_000 }, (_, at) => `- &a${at} x`).join('\n')],
    ['one value of expressions without end', PLAIN.replace('${{ secrets.PUBLIC }}', '${{'.repeat(80_000))],
    ['one value of quotation marks without end', PLAIN.replace('secrets.PUBLIC', "'".repeat(200_000))],
    ['steps without end', `${PLAIN}${'      - { run: x }\n'.repeat(12_000)}`],
  ])('%s', (_, text) => {
    write({ [CI]: text })
    const started = performance.now()
    ask()
    expect(performance.now() - started).toBeLessThan(5000)
  })
})
