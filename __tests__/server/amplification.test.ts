import { createHash } from 'node:crypto'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { describe, expect, test } from '@jest/globals'
import { type StepResult, startJob } from '../action/run-action.js'
import { NOT_READ, problems, verdict, webServer } from './access-step.js'
import { MOST_MEMORY, withPeak } from './measured.js'

const MIB = 1024 * 1024
const NAME = 'acme/a'

/** A server of files, all of them gzipped: the wire is never what limits them. */
async function serving(files: Readonly<Record<string, string | Buffer>>) {
  const zipped = new Map<string, Buffer>()
  return webServer(({ url = '' }, response) => {
    const path = decodeURIComponent(url)
    const file = files[path]
    const body = zipped.get(path) ?? (file === undefined ? undefined : gzipSync(file))
    if (body === undefined) response.writeHead(404).end()
    else {
      zipped.set(path, body)
      response.setHeader('content-encoding', 'gzip').end(body)
    }
  })
}

interface Wanted {
  readonly constraint?: string
  readonly packages?: string
  /** Requirements beside the one. */
  readonly alongside?: Readonly<Record<string, string>>
}

/** Runs the whole check of a project that requires one package from some repositories. */
function checked(repositories: readonly string[], options: Wanted = {}) {
  const { constraint = '*', packages = '', alongside = {} } = options
  const job = startJob()
  const manifest = {
    repositories: [...repositories.map((url) => ({ type: 'composer', url })), { 'packagist.org': false }],
    require: { [NAME]: constraint, ...alongside },
    config: { 'secure-http': false },
  }
  writeFileSync(join(job.workspace, 'composer.json'), JSON.stringify(manifest))
  return withPeak(repositories[0] ?? '', { job, inputs: { check: 'full', timeout: '30', packages } })
}

/** What an object of many members holds, without building it here. */
function many(count: number, member: (index: number) => string): string {
  return Array.from({ length: count }, (_, index) => member(index)).join(',')
}

function packageOf(versions: string): string {
  return `{"packages":{"${NAME}":[${versions}]},"minified":"composer/2.0"}`
}

/** What the step says: its verdict, or that it stopped reading and found nothing else. */
function said(step: StepResult): string {
  return JSON.stringify(problems(step)) === JSON.stringify(NOT_READ) ? `${verdict(step)}, not read` : verdict(step)
}

describe('an answer from which gigabytes could be made is not read', () => {
  test.each<[string, string, string]>([
    ['sixty megabytes of {}', `[${'{},'.repeat(20 * MIB)}{}]`, 'ready, not read'],
    ['ten million values in few megabytes', `{"packages":[${'[],'.repeat(5_000_000)}[]]}`, 'ready, not read'],
    ['ten million mistakes', `{"packages":[]} ${'x '.repeat(9 * MIB)}`, 'unexpected-answer'],
    ['a million keys', `{"packages":[],${many(1_000_000, (index) => `"k${index}":1`)}}`, 'ready, not read'],
  ])('%s', async (_, body, word) => {
    const { url } = await serving({ '/packages.json': body })
    const { step, mebibytes } = await withPeak(url)
    expect(said(step)).toBe(word)
    expect(mebibytes).toBeLessThan(MOST_MEMORY)
  })
})

describe('an answer of the most that is read stays within the memory', () => {
  test.each<[string, string]>([
    ['one text of two bytes a letter', `{"packages":[],"x":"${'\u20ac'.repeat(5.9 * MIB)}"}`],
    [
      'half of it such text, and keys',
      `{"packages":[],"x":"\u20ac${'a'.repeat(7 * MIB)}",${many(280_000, (index) => `"k${index}":1`)}}`,
    ],
    ['objects of which no two are alike', `{"packages":[],"x":[${many(295_000, (index) => `{"k${index}":1}`)}]}`],
  ])('%s', async (_, body) => {
    const { url } = await serving({ '/packages.json': body })
    const { step, mebibytes } = await withPeak(url)
    expect(verdict(step)).toBe('ready')
    expect(mebibytes).toBeLessThan(MOST_MEMORY)
  })
})

describe('files that are harmless one by one are bounded together', () => {
  test('forty included files of versions that are all kept', async () => {
    const packages = (file: number) =>
      `{"packages":{${many(50, (index) => `"acme/p${file}x${index}":[${many(100, (patch) => `{"version":"1.${index}.${patch}","require":{"acme/r${file}x${index}y${patch}":"^1"}}`)}]`)}}}`
    const files = Object.fromEntries(Array.from({ length: 40 }, (_, index) => [`/i${index}.json`, packages(index)]))
    const includes = many(40, (index) => `"i${index}.json":{"sha1":""}`)
    const { url } = await serving({ ...files, '/packages.json': `{"packages":[],"includes":{${includes}}}` })
    const { step, mebibytes } = await checked([url])
    expect(said(step)).toBe('ready, not read')
    expect(mebibytes).toBeLessThan(MOST_MEMORY)
  })

  test('sixteen included files of which nothing is kept, eight at a time', async () => {
    const file = `{"packages":[],"x":"${'a'.repeat(19 * MIB)}"}`
    const files = Object.fromEntries(Array.from({ length: 16 }, (_, index) => [`/i${index}.json`, file]))
    const includes = many(16, (index) => `"i${index}.json":{"sha1":""}`)
    const { url } = await serving({ ...files, '/packages.json': `{"packages":[],"includes":{${includes}}}` })
    const { step, mebibytes } = await checked([url])
    expect(verdict(step)).toBe('package-denied')
    expect(mebibytes).toBeLessThan(MOST_MEMORY)
  })

  test('a dozen repositories with long files and long refusals', async () => {
    const file = `{"packages":[],"x":"${'a'.repeat(19 * MIB)}"}`
    const good = await Promise.all(Array.from({ length: 8 }, () => serving({ '/packages.json': file })))
    const { step, mebibytes } = await checked(good.map(({ url }) => url))
    expect(verdict(step)).toBe('package-denied')
    expect(mebibytes).toBeLessThan(MOST_MEMORY)
  })

  test('lists of names without end', async () => {
    const list = (file: number) =>
      `{"providers":{${many(150_000, (index) => `"acme/${file}x${index}":{"sha256":"${'a'.repeat(64)}"}`)}}}`
    const lists = Array.from({ length: 3 }, (_, index) => list(index))
    const includes = many(3, (index) => `"l${index}.json":{"sha256":"${sha256(lists[index] ?? '')}"}`)
    const { url } = await serving({
      ...Object.fromEntries(lists.map((text, index) => [`/l${index}.json`, text])),
      '/packages.json': `{"packages":[],"providers-url":"/p/%package%$%hash%.json","provider-includes":{${includes}}}`,
    })
    const { step, mebibytes } = await checked([url])
    expect(said(step)).toBe('ready, not read')
    expect(mebibytes).toBeLessThan(MOST_MEMORY)
  })
})

describe('versions that say more than their file holds', () => {
  test.each<[string, string, string]>([
    ['each adds a key to all behind it', many(100_000, (index) => `{"version":"1.0.${index}","k${index}":1}`), 'ready'],
    [
      'all inherit many requirements',
      `{"version":"1.0.0","require":{${many(100_000, (index) => `"acme/r${index}":"^1"`)}}},${many(100_000, (index) => `{"version":"1.1.${index}"}`)}`,
      'ready',
    ],
    [
      'all inherit many replacements and provisions',
      `{"version":"1.0.0","replace":{${many(50_000, (index) => `"acme/r${index}":"^1"`)}},"provide":{${many(50_000, (index) => `"acme/p${index}":"^1"`)}}},${many(100_000, (index) => `{"version":"1.1.${index}"}`)}`,
      'ready, not read',
    ],
    [
      'all inherit many aliases',
      `{"version":"dev-0","extra":{"branch-alias":{${many(100_000, (index) => `"dev-x${index}":"1.x-dev"`)}}}},{"version":"1.0.0"},${many(100_000, (index) => `{"version":"dev-${index}"}`)}`,
      'ready',
    ],
    [
      'all inherit many mirrors',
      `{"version":"1.0.0","dist":{"type":"zip","url":"https://a.invalid/z","mirrors":[${many(100_000, (index) => `{"url":"https://m${index}.invalid"}`)}]}},${many(50_000, (index) => `{"version":"1.1.${index}"}`)}`,
      'ready, not read',
    ],
    [
      'a million digits',
      many(20, (index) => `{"version":"1.${String(index).repeat(500_000)}"},{"version":"1.${index}.0"}`),
      'ready',
    ],
  ])('%s', async (_, versions, word) => {
    const { url } = await serving({
      '/packages.json': '{"packages":[],"metadata-url":"/p2/%package%.json"}',
      [`/p2/${NAME}.json`]: packageOf(versions),
    })
    const { step, mebibytes } = await checked([url])
    expect(said(step)).toBe(word)
    expect(mebibytes).toBeLessThan(MOST_MEMORY)
    expect(step.milliseconds).toBeLessThan(20_000)
  })
})

describe('a large healthy repository passes', () => {
  test.each<[string, number, number]>([
    ['ten times the list of the largest that is known', 150_000, 3],
    ['a file of 15 MiB with the versions of a package', 3, 30_000],
  ])('%s', async (_, names, versions) => {
    const text = 'x'.repeat(400)
    const entries = many(
      versions,
      (index) =>
        `"1.0.${index}":{"name":"${NAME}","version":"1.0.${index}","uid":${index},"description":"${text}","require":{"php":"^8","acme/b":"1.0.${index}"},"type":"metapackage"}`,
    )
    const file = `{"packages":{"${NAME}":{${entries}}}}`
    const sum = sha256(file)
    const others = many(names, (index) => `"acme/p${index}":{"sha256":"${sum}"}`)
    const list = `{"providers":{${others},"${NAME}":{"sha256":"${sum}"}}}`
    const { url } = await serving({
      '/packages.json': `{"packages":[],"providers-url":"/p/%package%$%hash%.json","provider-includes":{"p/all$%hash%.json":{"sha256":"${sha256(list)}"}}}`,
      [`/p/all$${sha256(list)}.json`]: list,
      [`/p/${NAME}$${sum}.json`]: file,
    })
    const { step, mebibytes } = await checked([url])
    expect(verdict(step)).toBe('ready')
    expect(mebibytes).toBeLessThan(MOST_MEMORY)
  })
})

test('a failing Magento project of which all nine hundred package files are read is judged', async () => {
  const names = Array.from({ length: 900 }, (_, index) => `magento/module-${index}-of-many`)
  const files = names.map((name, index) => packageFile(name, index, names))
  const root = { name: 'magento/product', version: '1.0.0', type: 'metapackage' }
  const product = JSON.stringify({
    packages: {
      'magento/product': { '1.0.0': { ...root, require: Object.fromEntries(names.map((name) => [name, '*'])) } },
    },
  })
  const all = [
    ['magento/product', product] as const,
    ...names.map((name, index) => [name, files[index] ?? ''] as const),
  ]
  const list = JSON.stringify({
    providers: Object.fromEntries(all.map(([name, text]) => [name, { sha256: sha256(text) }])),
  })
  const { url } = await serving({
    '/packages.json': `{"packages":[],"providers-url":"/p/%package%$%hash%.json","provider-includes":{"p/all$%hash%.json":{"sha256":"${sha256(list)}"}}}`,
    [`/p/all$${sha256(list)}.json`]: list,
    ...Object.fromEntries(all.map(([name, text]) => [`/p/${name}$${sha256(text)}.json`, text])),
  })
  const { step, mebibytes } = await checked([url], { alongside: { 'magento/product': '*' } })
  expect(said(step)).toBe('package-denied')
  expect(step.stdout.match(/::debug::GET \S+\/p\/magento\/module-/g)).toHaveLength(900)
  expect(mebibytes).toBeLessThan(MOST_MEMORY)
})

/** A file of a package with as many versions as those of Magento's core have, each of which needs fourteen others. */
function packageFile(name: string, index: number, names: readonly string[]): string {
  const versions = Array.from({ length: 120 }, (_, release) => {
    const version = `10${index % 4}.${Math.floor(release / 20)}.${release}`
    const others = Array.from({ length: 14 }, (_, other) => (index + (other + 1) ** 2 * 7) % names.length)
    const require = Object.fromEntries(
      others.map((other) => [names[other], `10${other % 4}.${Math.floor(release / 20)}.*`]),
    )
    const url = `https://repo.magento.com/archives/${name}/${name.replace('/', '-')}-${version}.0.zip`
    const dist = { type: 'zip', url, reference: null, shasum: sha256(url).slice(0, 40) }
    return [version, { name, version, version_normalized: `${version}.0`, type: 'magento2-module', dist, require }]
  })
  return JSON.stringify({ packages: { [name]: Object.fromEntries(versions) } })
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex')
}
