import { spawnSync } from 'node:child_process'
import { chmodSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, describe, expect, test } from '@jest/globals'
import { parse } from 'yaml'
import { startRepository } from '../release/repository.js'

interface Step {
  readonly name?: string
  readonly uses?: string
  readonly run?: string
  readonly with?: Readonly<Record<string, string>>
}
interface Workflow {
  readonly permissions: unknown
  readonly jobs: Readonly<Record<string, { readonly uses?: string; readonly steps?: readonly Step[] }>>
}

const SCRIPT = 'scripts/embed-examples.mjs'
const read = (file: string) => readFileSync(join('examples', file), 'utf8')
const workflows = readdirSync('examples')
  .filter((file) => file.endsWith('.yml'))
  .map((file) => ({ file, text: read(file), workflow: parse(read(file)) as Workflow }))

// The owner's name is written in when there is one.
const ours = /uses: (\S+@v1)$/m.exec(read('install.yml'))?.[1]

describe('examples', () => {
  test('are more than a few', () => {
    expect(workflows.length).toBeGreaterThan(10)
  })

  test.each(workflows)('$file gives no permissions but to jobs, and pins what is of others', ({ text, workflow }) => {
    expect(workflow.permissions).toEqual({})
    for (const [, used = ''] of text.matchAll(/uses: (.*)$/gm)) {
      const own = used === ours || used.startsWith('acme/')
      expect(used).toMatch(own ? /@v1$/ : /^[\w./-]+@[0-9a-f]{40} # v?\d+(\.\d+)*$/)
    }
  })

  test.each(workflows)('$file names inputs that exist', ({ workflow }) => {
    const { inputs }: { inputs: Record<string, unknown> } = parse(readFileSync('action.yml', 'utf8'))
    const steps = Object.values(workflow.jobs).flatMap((job) => job.steps ?? [])
    const given = steps.filter(({ uses }) => uses === ours).flatMap((step) => Object.keys(step.with ?? {}))
    expect(Object.keys(inputs)).toEqual(expect.arrayContaining(given))
  })

  test('stand in the documents as they are', () => {
    const { status, stderr } = spawnSync(process.execPath, [SCRIPT, '--check'], { encoding: 'utf8' })
    expect([status, stderr]).toEqual([0, ''])
  })

  test('are all listed', () => {
    const listed = [...read('README.md').matchAll(/^\| \[`([^`]+)`\]\(\1\) \|/gm)].map(([, file]) => file)
    const files = readdirSync('examples/files').map((file) => `files/${file}`)
    expect(listed.toSorted()).toEqual([...workflows.map(({ file }) => file), ...files].toSorted())
  })
})

describe('embed-examples', () => {
  const EXAMPLE = 'name: A\njobs:\n  # <steps>\n  - run: one\n\n    # why\n  # </steps>\n  - run: two\n'
  const DOCUMENT = `Before

<!-- example: a.yml -->
\`\`\`yaml
old
\`\`\`

1. In a list:

   <!-- example: a.yml#steps -->
   \`\`\`
   old
   \`\`\`

<!-- example: notes.md -->
\`\`\`\`
\`\`\`sh
old
\`\`\`
\`\`\`\`
After
`
  const NOTES = 'Notes:\n\n```sh\nls\n```\n'
  const files = { 'README.md': DOCUMENT, 'examples/a.yml': EXAMPLE, 'examples/notes.md': NOTES }

  test('writes whole files and parts, and then finds nothing to do', () => {
    const repository = startRepository(files)
    const before = repository.run(SCRIPT, '--check')
    expect([before.status, repository.read('README.md')]).toEqual([1, DOCUMENT])
    expect(before.stderr).toContain('README.md differs from examples/')

    expect(repository.run(SCRIPT).stdout).toBe('README.md\n')
    expect(repository.read('README.md')).toBe(`Before

<!-- example: a.yml -->
\`\`\`yaml
name: A
jobs:
  - run: one

    # why
  - run: two
\`\`\`

1. In a list:

   <!-- example: a.yml#steps -->
   \`\`\`yaml
   - run: one

     # why
   \`\`\`

<!-- example: notes.md -->
\`\`\`\`markdown
${NOTES}\`\`\`\`
After
`)
    expect(repository.run(SCRIPT, '--check')).toEqual({ status: 0, stdout: '', stderr: '' })
    expect(repository.read('examples/notes.md')).toBe(NOTES)
  })

  test.each([
    ['a file that is not there', '<!-- example: b.yml -->\n```\n```\n', 'b.yml'],
    ['a part that is not there', '<!-- example: a.yml#part -->\n```\n```\n', 'no part "part"'],
    ['no block after the marker', '<!-- example: a.yml -->\nText\n```\n```\n', 'line 1: no fenced block'],
    ['a block without an end', '<!-- example: a.yml -->\n```\nText\n', 'line 1: no fenced block'],
  ])('stops at %s and writes nothing', (_, document, reason) => {
    const repository = startRepository({ ...files, 'README.md': document })
    const { status, stderr } = repository.run(SCRIPT)
    expect(status).toBe(1)
    expect(stderr).toContain(reason)
    expect(repository.git('status', '--porcelain')).toBe('')
  })
})

describe('the step of the weekly checks that opens an issue', () => {
  const folders: string[] = []
  afterEach(() => {
    for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true })
  })

  /** Runs it with a `gh` that says how many issues are open, and keeps what it is given. */
  function runStep(file: string, open: number) {
    const folder = mkdtempSync(join(tmpdir(), 'weekly-'))
    folders.push(folder)
    const gh = `#!/bin/sh
if [ "$2" = list ]; then echo ${open}; exit; fi
printf '%s\\n' "$@" > ${folder}/arguments
cat > ${folder}/body
`
    writeFileSync(join(folder, 'gh'), gh)
    chmodSync(join(folder, 'gh'), 0o755)
    const found = workflows.find((one) => one.file === file)?.workflow.jobs.check?.steps
    const script = found?.find(({ name }) => name?.startsWith('Open an issue'))?.run ?? ''
    const problems = [
      { code: 'package-denied', severity: 'error', title: 'Denied', message: '`a/b` `$(touch x)` "quoted"' },
      { code: 'auth-file-exposed', severity: 'warning', title: 'Exposed', message: 'No matter' },
    ]
    // As the runner starts a step that names no shell.
    const { status } = spawnSync('bash', ['-e', '-c', script], {
      cwd: folder,
      env: {
        PATH: `${folder}:${process.env.PATH}`,
        PROBLEMS: JSON.stringify(problems),
        RUN: 'https://github.com/acme/shop/actions/runs/1',
        TITLE: 'No longer',
      },
    })
    const written = (name: string) =>
      existsSync(join(folder, name)) ? readFileSync(join(folder, name), 'utf8') : undefined
    return { status, arguments: written('arguments'), body: written('body'), touched: existsSync(join(folder, 'x')) }
  }

  test.each(['weekly-check.yml', 'weekly-check-of-all.yml'])('%s opens one, with the errors', (file) => {
    const { status, body, touched, ...call } = runStep(file, 0)
    expect(status).toBe(1)
    expect(call.arguments).toBe('issue\ncreate\n--title\nNo longer\n--body-file\n-\n')
    expect(body).toBe(`- **Denied** (\`package-denied\`): \`a/b\` \`$(touch x)\` "quoted"

The steps to fix it are in the summary of https://github.com/acme/shop/actions/runs/1
`)
    expect(touched).toBe(false)
    expect(runStep(file, 1)).toEqual({ status: 1, arguments: undefined, body: undefined, touched: false })
  })
})
