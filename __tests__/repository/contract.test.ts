import { execFileSync } from 'node:child_process'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from '@jest/globals'
import { parse } from 'yaml'
import { declaredInputs } from '../../testing/runner.mjs'

interface Metadata {
  name: string
  description: string
  branding: { icon: string; color: string }
  inputs: Record<string, { description: string; default?: string }>
  outputs: Record<string, { description: string }>
  runs: { using: string; main: string; post: string }
}

const read = (path: string) => readFileSync(path, 'utf8')
const metadata: Metadata = parse(read('action.yml'))
const readme = read('README.md')
const tracked = execFileSync('git', ['ls-files'], { encoding: 'utf8' }).trim().split('\n')

describe('action.yml', () => {
  test('runs the built files on Node 24, main and post', () => {
    expect(metadata.runs).toEqual({ using: 'node24', main: 'dist/main/index.js', post: 'dist/post/index.js' })
    expect(tracked).toEqual(expect.arrayContaining([metadata.runs.main, metadata.runs.post, 'dist/licenses.txt']))
  })

  test('is read by the demo and the tests as a YAML parser reads it', () => {
    expect(declaredInputs()).toEqual(
      Object.fromEntries(Object.entries(metadata.inputs).map(([name, input]) => [name, input.default ?? ''])),
    )
  })

  describe('has a type', () => {
    interface Type {
      readonly type: string
      readonly 'allowed-values'?: readonly string[]
      readonly 'list-item'?: { readonly 'allowed-values'?: readonly string[] }
    }
    type Types = Record<string, Type>
    const types: { inputs: Types; outputs: Types } = parse(read('action-types.yml'))
    const values = { boolean: /^(?:true|false)$/, integer: /^\d+$/ }

    test('for every input and output, in the same order', () => {
      expect(Object.keys(types.inputs)).toEqual(Object.keys(metadata.inputs))
      expect(Object.keys(types.outputs)).toEqual(Object.keys(metadata.outputs))
    })

    test.each(Object.entries(types.inputs))('that the default of %s and its description are of', (name, type) => {
      const { default: value = '', description } = metadata.inputs[name] ?? { description: '' }
      const allowed = type['allowed-values'] ?? type['list-item']?.['allowed-values']
      if (type.type === 'boolean' || type.type === 'integer') expect(value).toMatch(values[type.type])
      if (allowed === undefined) return
      const named = [...description.matchAll(/`([a-z]+)`(?=[:,]| or)/g)].map(([, word]) => word)
      expect(allowed).toEqual(expect.arrayContaining([value, ...named]))
    })
  })

  test('has what the Marketplace asks for', () => {
    expect(metadata.name).toBe('Magento Composer Auth')
    expect(metadata.description.length).toBeLessThan(200)
    expect(Object.keys(metadata.branding)).toEqual(['icon', 'color'])
  })
})

describe('README.md', () => {
  const table = (heading: string) => {
    const section = readme.split(new RegExp(`^## ${heading}$`, 'm'))[1]?.split(/^## /m)[0] ?? ''
    return [...section.matchAll(/^\| `([\w-]+)` \|([^|\n]*)\|/gm)].map(([, name, value]) => [name, value?.trim() ?? ''])
  }

  test('lists every input of action.yml with its default, in the same order', () => {
    expect(table('Inputs')).toEqual(
      Object.entries(metadata.inputs).map(([name, { default: value }]) => [
        name,
        value === undefined ? '' : `\`${value}\``,
      ]),
    )
  })

  test('lists every output of action.yml in the same order', () => {
    expect(table('Outputs').map(([name]) => name)).toEqual(Object.keys(metadata.outputs))
  })

  test('links every code of the catalogue to its section, in the same order', async () => {
    const { CATALOGUE } = await import('../../src/problems/catalogue.js')
    const codes = [...readme.matchAll(/^\| \[`([\w-]+)`\]\(docs\/problems\.md#\1\) \|/gm)].map(([, code]) => code)
    expect(codes).toEqual(Object.keys(CATALOGUE))
  })

  test('names both commands', () => {
    expect(readme).toMatch(/^npm start$/m)
    expect(readme).toMatch(/^npm cit$/m)
  })
})

describe('issue forms', () => {
  interface Field {
    readonly type: string
    readonly id?: string
    readonly attributes: { readonly value?: string; readonly label?: string }
    readonly validations?: { readonly required: boolean }
  }
  const folder = '.github/ISSUE_TEMPLATE'
  const forms = readdirSync(folder)
    .filter((file) => file !== 'config.yml')
    .map((file): { body: Field[] } => parse(read(join(folder, file))))

  test('warn of keys before anything else, and every field has a name of its own', () => {
    for (const { body } of forms) {
      expect(body[0]?.type).toBe('markdown')
      expect(body[0]?.attributes.value).toMatch(/^\*\*Do not paste keys\*\*/)
      const ids = body.flatMap(({ id }) => id ?? [])
      expect(new Set(ids).size).toBe(body.length - 1)
    }
  })

  test('ask for what tells faults apart', () => {
    const { body } = parse(read(join(folder, 'wrong-report.yml')))
    const required = body.filter(({ validations }: Field) => validations?.required).map(({ id }: Field) => id)
    expect(required).toEqual(expect.arrayContaining(['code', 'composer', 'runner', 'version', 'workflow', 'log']))
  })
})

test('the version in the User-Agent is that of package.json', async () => {
  const { VERSION } = await import('../../src/server/action-version.js')
  expect(VERSION).toBe(JSON.parse(read('package.json')).version)
})

test('docs/problems.md has every code of the catalogue, in its order, with its title and highest severity', async () => {
  const { CATALOGUE } = await import('../../src/problems/catalogue.js')
  const heads = /^## ([\w-]+)\n\n\*\*(.+)\*\* · at most: (\w+)$/gm
  const documented = [...read('docs/problems.md').matchAll(heads)].map(([, code, title, atMost]) => ({
    code,
    title,
    atMost,
  }))
  expect(documented).toEqual(Object.entries(CATALOGUE).map(([code, { title, atMost }]) => ({ code, title, atMost })))
})

test('package-lock.json records no download addresses', () => {
  expect(read('package-lock.json')).not.toContain('"resolved"')
})

test('workflows pin every action by commit, with the version beside it, and start without permissions', () => {
  const folder = '.github/workflows'
  const workflows = readdirSync(folder)
  expect(workflows.length).toBeGreaterThan(0)
  for (const file of workflows) {
    const text = read(join(folder, file))
    expect(parse(text).permissions).toEqual({})
    for (const [, used = ''] of text.matchAll(/uses: (.*)$/gm)) {
      if (!used.startsWith('./')) expect(used).toMatch(/^[\w./-]+@[0-9a-f]{40} # v?\d+(\.\d+)*$/)
    }
  }
})
