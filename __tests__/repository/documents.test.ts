import { execFileSync } from 'node:child_process'
import { existsSync, readFileSync, statSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { describe, expect, test } from '@jest/globals'

const read = (path: string) => readFileSync(path, 'utf8')
const tracked = execFileSync('git', ['ls-files'], { encoding: 'utf8' }).trim().split('\n')
const documents = tracked.filter((file) => file.endsWith('.md') && !file.startsWith('.github/'))

test.each(documents)('%s links to files and headings that exist', (document) => {
  const text = read(document).replace(/^ *(`{3,})[\s\S]*?^ *\1$/gm, '')
  const links = [...text.matchAll(/\]\((?!https?:)([^)#]*)(?:#([^)]+))?\)/g)]
  const dead = links.filter(([, path = '', heading]) => {
    const target = path === '' ? document : join(dirname(document), path)
    return !existsSync(target) || (heading !== undefined && !headingsOf(target).includes(heading))
  })
  expect(dead.map(([link]) => link)).toEqual([])
})

test('docs/architecture.md names files and folders that exist, and every folder of src/', () => {
  const text = read('docs/architecture.md')
  const paths = [...text.matchAll(/`([\w./-]+(?:\.(?:ts|mjs|js|sh)|\/))`/g)].map(([, path = '']) => path)
  const known = new Set(tracked.flatMap((file) => [file, basename(file), ...foldersOf(file)]))
  const exists = (path: string) => known.has(path) || tracked.some((file) => file.endsWith(`/${path}`))
  expect(paths.filter((path) => !exists(path))).toEqual([])

  const rooms = new Set(tracked.flatMap((file) => /^src\/([a-z]+\/)/.exec(file)?.[1] ?? []))
  expect([...rooms].filter((room) => !text.includes(`\n  ${room}`))).toEqual([])
})

test('docs/architecture.md says of every file of src/ what it does; those of the problem codes are named after them', async () => {
  const { CATALOGUE } = await import('../../src/problems/catalogue.js')
  const text = read('docs/architecture.md')
  const files = tracked.filter((file) => file.startsWith('src/') && existsSync(file)).map((file) => basename(file))
  const named = (file: string) => text.includes(file) || file.replace('.ts', '') in CATALOGUE
  expect(files.filter((file) => !named(file))).toEqual([])
})

describe('pictures', () => {
  const LARGEST = 100_000
  const pictures = tracked.filter((file) => file.startsWith('docs/images/'))

  test('in README.md exist, say in words what they show, and have a dark twin of the same size', () => {
    const found = [...read('README.md').matchAll(/<picture>([\s\S]*?)<\/picture>/g)].map(([, inner = '']) => {
      const [, dark = ''] = /<source media="\(prefers-color-scheme: dark\)" srcset="([^"]+)">/.exec(inner) ?? []
      const [, light = '', alt = ''] = /<img src="([^"]+)" width="\d+" alt="([^"]+)">/.exec(inner) ?? []
      return { light, dark, alt }
    })
    expect(found.flatMap(({ light, dark }) => [light, dark]).toSorted()).toEqual(pictures)
    for (const { light, dark, alt } of found) {
      expect(alt.length).toBeGreaterThan(50)
      expect(sizeOf(dark)).toEqual(sizeOf(light))
    }
    expect(read('README.md').match(/<img |!\[[^\]]*\]\(/g)).toHaveLength(found.length)
  })

  test.each(pictures)('%s is a small PNG that git leaves as it is', (picture) => {
    expect(statSync(picture).size).toBeLessThan(LARGEST)
    expect(sizeOf(picture).width).toBeGreaterThan(0)
    const attributes = execFileSync('git', ['check-attr', 'text', 'diff', '--', picture], { encoding: 'utf8' })
    expect(attributes).toBe(`${picture}: text: unset\n${picture}: diff: unset\n`)
  })
})

/** In pixels, from the head of a PNG; throws for any other file. */
function sizeOf(picture: string) {
  const head = readFileSync(picture).subarray(0, 24)
  if (head.toString('latin1', 0, 8) !== '\x89PNG\r\n\x1a\n') throw new Error(`${picture} is no PNG`)
  return { width: head.readUInt32BE(16), height: head.readUInt32BE(20) }
}

/** The anchors that GitHub gives the headings of a document. */
function headingsOf(path: string): string[] {
  return [...read(path).matchAll(/^#+ (.+)$/gm)].map(([, heading = '']) =>
    heading
      .toLowerCase()
      .replace(/[^\p{L}\p{N} _-]/gu, '')
      .replaceAll(' ', '-'),
  )
}

/** The folders that a file is in, each as a document may name it. */
function foldersOf(file: string): string[] {
  const parts = dirname(file).split('/')
  return parts.flatMap((part, index) => [`${part}/`, `${parts.slice(0, index + 1).join('/')}/`])
}
