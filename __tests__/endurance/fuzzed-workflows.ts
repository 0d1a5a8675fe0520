import type { Spices } from './json-mutation.js'
import { textuallyMutated } from './mutated-file.js'
import type { Random } from './random.js'

const CI = `on: push
jobs:
  test:
    runs-on: ubuntu-24.04
    steps:
      - uses: actions/checkout@v7
      - uses: acme/magento-composer-auth@v1
        with:
          public-key: \${{ secrets.PUBLIC }}
          private-key: \${{ secrets.PRIVATE }}
`
const CALLED = CI.replace('on: push', 'on: { workflow_call: { secrets: { PUBLIC: {}, PRIVATE: {} } } }')
const CALLING = `on: push
jobs:
  call:
    uses: ./.github/workflows/called.yml
    secrets:
      PUBLIC: \${{ secrets.A }}
      PRIVATE: \${{ secrets.B }}
`

/** The workflow files of a checkout, some of them damaged or grown. */
export function fuzzedWorkflows(random: Random, spices: Spices): { files: Map<string, Buffer>; how: string[] } {
  const how: string[] = []
  const files = new Map<string, Buffer>()
  const { name, texts } = random.oneOf(FORMS)(random, spices)
  if (name !== '') how.push(`workflows: ${name}`)
  for (const [file, text] of Object.entries(texts)) {
    const spoil = random.chance(0.3)
    const changed = spoil
      ? textuallyMutated(text, random, random.oneOf(spices.texts))
      : { bytes: Buffer.from(text), how: '' }
    if (spoil) how.push(`${file}: ${changed.how}`)
    files.set(`.github/workflows/${file}`, changed.bytes)
  }
  return { files, how }
}

type Form = (random: Random, spices: Spices) => { name: string; texts: Record<string, string> }

const FORMS: readonly Form[] = [
  () => ({ name: '', texts: { 'ci.yml': CI } }),
  () => ({ name: '', texts: { 'ci.yml': CALLING, 'called.yml': CALLED } }),
  (random, { room }) => {
    const lines = CI.split('\n')
    const from = random.integer(0, lines.length - 2)
    const part = lines.slice(from, from + random.integer(1, 5))
    const times = Math.min(random.oneOf([10, 1000, 50_000]), Math.floor(room / part.join('\n').length) + 1)
    const grown = [...lines.slice(0, from), ...Array(times).fill(part).flat(), ...lines.slice(from)].join('\n')
    return { name: `${part.length} lines ${times} times`, texts: { 'ci.yml': grown } }
  },
  (random) => {
    const [width, depth] = [random.integer(2, 30), random.integer(2, 12)]
    const levels = Array.from({ length: depth }, (_, level) => {
      const merged = Array(width).fill(`*a${level}`).join(', ')
      return `a${level + 1}: &a${level + 1}\n  <<: [${merged}]\n  k${level}: v\n`
    })
    const text = `a0: &a0 { k: v }\n${levels.join('')}${CI}`
    return { name: `merge keys ${width} wide and ${depth} deep`, texts: { 'ci.yml': text } }
  },
  (random) => {
    const depth = random.oneOf([50, 500, 5000])
    return { name: `nested ${depth} deep`, texts: { 'ci.yml': `${CI}\nx: ${'['.repeat(depth)}${']'.repeat(depth)}\n` } }
  },
  (random) => {
    const [files, jobs] = [random.integer(2, 25), random.integer(1, 30)]
    const all = Array.from({ length: files }, (_, number) => (number === 0 ? 'ci.yml' : `w${number}.yml`))
    const calls = (own: number) =>
      Array.from(
        { length: jobs },
        (_, job) => `  j${job}:\n    uses: ./.github/workflows/${all[(own + job) % files]}\n`,
      )
    const texts = all.map((file, own): [string, string] => [file, `on: workflow_call\njobs:\n${calls(own).join('')}`])
    return { name: `${files} files of ${jobs} calls`, texts: Object.fromEntries(texts) }
  },
  (random, { texts }) => {
    const odd = random.oneOf(texts)
    const reference = random.oneOf([
      `\${{ secrets.${odd} }}`,
      `\${{ secrets[${odd}] }}`,
      odd,
      `\${{ ${'('.repeat(3000)} }}`,
    ])
    return {
      name: 'an odd reference',
      texts: { 'ci.yml': CI.replace('${{ secrets.PUBLIC }}', JSON.stringify(reference)) },
    }
  },
]
