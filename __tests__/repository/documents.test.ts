import { execFileSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { expect, test } from '@jest/globals'

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
