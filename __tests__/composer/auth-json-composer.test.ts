import { mkdirSync, writeFileSync } from 'node:fs'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { readAuthJson, valueAt, withValue } from '../../src/composer/auth-json.js'
import { composer, createWorkspace, realComposer } from '../testing/composer.js'

const version = await realComposer()
const withComposer = version === null ? describe.skip : describe

/**
 * `read`: Composer comes to its end and sends the credentials of the file. `ignored`: it comes to its end as if there
 * were no file. `fails`: it does not.
 */
type Verdict = 'read' | 'ignored' | 'fails'

interface Variant {
  readonly title: string
  /** HOST stands for the test's server. */
  readonly file: string | Buffer
  readonly composer: Verdict
  /** Why we do not say the same, where we do not. */
  readonly exception?: 'cannot be written into' | 'depends on the version'
}

const PROBE = '"HOST": {"username": "probe", "password": "secret"}'
const beside = (section: string) => `{"http-basic": {${PROBE}}, ${section}}`
const nested = (depth: number) => beside(`"x": ${'['.repeat(depth - 1)}${']'.repeat(depth - 1)}`)

const VARIANTS: readonly Variant[] = [
  // JSON
  { title: 'plain', file: `{"http-basic": {${PROBE}}}`, composer: 'read' },
  { title: 'among white space', file: ` \r\n\t{"http-basic": {${PROBE}}}\r\n \n`, composer: 'read' },
  { title: 'with escapes in the names', file: `{"http\\u002dbasic": {${PROBE}}}`, composer: 'read' },
  { title: 'with the section twice, ours last', file: `{"http-basic": 1, "http-basic": {${PROBE}}}`, composer: 'read' },
  {
    title: 'with the section twice, ours first',
    file: `{"http-basic": {${PROBE}}, "http-basic": {}}`,
    composer: 'ignored',
  },
  {
    title: 'with a broken entry that a good one follows',
    file: `{"http-basic": {"HOST": 1, ${PROBE}}}`,
    composer: 'read',
  },
  { title: 'with a number out of every range', file: beside('"x": 1e999'), composer: 'read' },
  { title: 'with a long integer', file: beside('"x": 123456789012345678901234567890'), composer: 'read' },
  { title: 'with an empty name', file: beside('"": 1'), composer: 'read' },
  { title: 'with __proto__', file: beside('"__proto__": {"x": 1}'), composer: 'read' },
  { title: 'with a NUL in a name', file: beside('"a\\u0000b": 1'), composer: 'read' },
  { title: 'with DEL and a line separator', file: beside('"x": "\u007f\u2028"'), composer: 'read' },
  { title: 'with a surrogate pair', file: beside('"x": "\\ud83d\\ude00"'), composer: 'read' },
  { title: 'with half a surrogate pair', file: beside('"x": "\\ud83d"'), composer: 'ignored' },
  { title: 'with the other half in a name', file: beside('"\\ude00": 1'), composer: 'ignored' },
  { title: 'with 511 levels', file: nested(511), composer: 'read' },
  { title: 'with 512 levels', file: nested(512), composer: 'ignored' },
  { title: 'empty', file: '', composer: 'fails' },
  { title: 'blank', file: ' \n ', composer: 'fails' },
  { title: 'with a byte order mark', file: `\uFEFF{"http-basic": {${PROBE}}}`, composer: 'fails' },
  { title: 'in UTF-16', file: Buffer.from('{"a": "b"}', 'utf16le'), composer: 'fails' },
  { title: 'in Latin-1', file: Buffer.from('{"a": "\u00e9"}', 'latin1'), composer: 'fails' },
  { title: 'with a comma too many', file: `{"http-basic": {${PROBE},}}`, composer: 'fails' },
  { title: 'with single quotes', file: "{'a': 1}", composer: 'fails' },
  { title: 'with a comment', file: `{"http-basic": {${PROBE}} /* x */}`, composer: 'fails' },
  { title: 'with a form feed', file: `\f{"http-basic": {${PROBE}}}`, composer: 'ignored' },
  { title: 'with a no-break space', file: `\u00a0{"http-basic": {${PROBE}}}`, composer: 'fails' },
  { title: 'with a tab in a string', file: beside('"x": "\t"'), composer: 'fails' },
  { title: 'with a leading zero', file: beside('"x": 01'), composer: 'fails' },
  { title: 'with NaN', file: beside('"x": NaN'), composer: 'fails' },
  { title: 'with True', file: beside('"x": True'), composer: 'fails' },
  { title: 'cut off', file: `{"http-basic": {${PROBE}`, composer: 'fails' },
  { title: 'two documents', file: `{"http-basic": {${PROBE}}}{}`, composer: 'fails' },
  // The whole
  { title: 'an empty object', file: '{}', composer: 'ignored' },
  { title: 'an empty array', file: '[]', composer: 'ignored' },
  { title: 'a list', file: `[{"http-basic": {${PROBE}}}]`, composer: 'fails' },
  { title: 'null', file: 'null', composer: 'ignored', exception: 'cannot be written into' },
  { title: 'true', file: 'true', composer: 'ignored', exception: 'cannot be written into' },
  { title: 'false', file: 'false', composer: 'ignored', exception: 'cannot be written into' },
  { title: 'a number', file: '42', composer: 'ignored', exception: 'cannot be written into' },
  { title: 'a string', file: '"http-basic"', composer: 'ignored', exception: 'cannot be written into' },
  // http-basic
  { title: 'http-basic as an empty array', file: '{"http-basic": []}', composer: 'ignored' },
  { title: 'http-basic as a list', file: `{"http-basic": [{"username": "u", "password": "p"}]}`, composer: 'fails' },
  { title: 'http-basic as a list of a string', file: '{"http-basic": ["u:p"]}', composer: 'fails' },
  { title: 'http-basic as null', file: '{"http-basic": null}', composer: 'fails' },
  { title: 'http-basic as a string', file: '{"http-basic": "u:p"}', composer: 'fails' },
  { title: 'http-basic as an empty string', file: '{"http-basic": ""}', composer: 'fails' },
  { title: 'http-basic as a number', file: '{"http-basic": 1}', composer: 'fails' },
  { title: 'http-basic as false', file: '{"http-basic": false}', composer: 'fails' },
  { title: 'an entry as a string', file: '{"http-basic": {"h": "u:p"}}', composer: 'fails' },
  { title: 'an entry as an empty string', file: '{"http-basic": {"h": ""}}', composer: 'fails' },
  { title: 'an entry as null', file: '{"http-basic": {"h": null}}', composer: 'fails' },
  { title: 'an entry as false', file: '{"http-basic": {"h": false}}', composer: 'fails' },
  { title: 'an entry as a number', file: '{"http-basic": {"h": 5}}', composer: 'fails' },
  { title: 'an entry as an empty object', file: '{"http-basic": {"h": {}}}', composer: 'fails' },
  { title: 'an entry as an empty list', file: '{"http-basic": {"h": []}}', composer: 'fails' },
  { title: 'an entry as a list of two', file: '{"http-basic": {"h": ["u", "p"]}}', composer: 'fails' },
  { title: 'an entry without user name', file: '{"http-basic": {"h": {"password": "p"}}}', composer: 'fails' },
  { title: 'an entry without password', file: '{"http-basic": {"h": {"username": "u"}}}', composer: 'fails' },
  {
    title: 'a null password',
    file: `{"http-basic": {${PROBE}, "h": {"username": "u", "password": null}}}`,
    composer: 'read',
  },
  { title: 'a null user name', file: '{"http-basic": {"h": {"username": null, "password": "p"}}}', composer: 'fails' },
  {
    title: 'a number as user name',
    file: '{"http-basic": {"h": {"username": 5, "password": "p"}}}',
    composer: 'fails',
  },
  { title: 'a number as password', file: '{"http-basic": {"h": {"username": "u", "password": 5}}}', composer: 'fails' },
  {
    title: 'a boolean as password',
    file: '{"http-basic": {"h": {"username": "u", "password": true}}}',
    composer: 'fails',
  },
  {
    title: 'a list as password',
    file: '{"http-basic": {"h": {"username": "u", "password": ["p"]}}}',
    composer: 'fails',
  },
  {
    title: 'empty strings',
    file: `{"http-basic": {${PROBE}, "h": {"username": "", "password": ""}}}`,
    composer: 'read',
  },
  {
    title: 'more in an entry than belongs there',
    file: '{"http-basic": {"HOST": {"username": "probe", "password": "secret", "x": [1]}}}',
    composer: 'read',
  },
  {
    title: 'a host that is a number',
    file: `{"http-basic": {"10": {"username": "u", "password": "p"}, ${PROBE}}}`,
    composer: 'fails',
  },
  {
    title: 'a host that is a negative number',
    file: `{"http-basic": {"-10": {"username": "u", "password": "p"}, ${PROBE}}}`,
    composer: 'fails',
  },
  {
    title: 'the largest number as host',
    file: `{"http-basic": {"9223372036854775807": {"username": "u", "password": "p"}, ${PROBE}}}`,
    composer: 'fails',
  },
  {
    title: 'a host with more digits than an integer has',
    file: `{"http-basic": {"9223372036854775808": {"username": "u", "password": "p"}, ${PROBE}}}`,
    composer: 'read',
  },
  {
    title: 'hosts that only look like numbers',
    file: `{"http-basic": {"010": {"username": "u", "password": "p"}, "-0": {"username": "u", "password": "p"}, "1.5": {"username": "u", "password": "p"}, "127.0.0.1": {"username": "u", "password": "p"}, ${PROBE}}}`,
    composer: 'read',
  },
  { title: 'a number as host of a token', file: beside('"bearer": {"10": "t"}'), composer: 'fails' },
  { title: 'a number as host of a GitHub token', file: beside('"github-oauth": {"10": "t"}'), composer: 'fails' },
  { title: 'a number as host of a section that nobody knows', file: beside('"x": {"10": "t"}'), composer: 'read' },
  { title: 'a section whose name is a number', file: beside('"10": {}'), composer: 'fails' },
  // The other sections
  {
    title: 'sections that nobody knows',
    file: beside('"$schema": "x", "httpbasic": 1, "config": {"http-basic": 1}'),
    composer: 'read',
  },
  { title: 'bearer as an empty array', file: beside('"bearer": []'), composer: 'read' },
  { title: 'bearer as null', file: beside('"bearer": null'), composer: 'fails' },
  { title: 'bearer as a string', file: beside('"bearer": "t"'), composer: 'fails' },
  { title: 'bearer as a list of a token', file: beside('"bearer": ["t"]'), composer: 'fails' },
  { title: 'a bearer token', file: beside('"bearer": {"h": "t"}'), composer: 'read' },
  { title: 'a bearer token as null', file: beside('"bearer": {"h": null}'), composer: 'fails' },
  { title: 'a bearer token as an object', file: beside('"bearer": {"h": {"token": "t"}}'), composer: 'fails' },
  { title: 'a GitHub token', file: beside('"github-oauth": {"github.com": "abc_123"}'), composer: 'read' },
  {
    title: 'a GitHub token with other characters',
    file: beside('"github-oauth": {"github.com": "a:b"}'),
    composer: 'fails',
    exception: 'depends on the version',
  },
  {
    title: 'an empty GitHub token',
    file: beside('"github-oauth": {"github.com": ""}'),
    composer: 'fails',
    exception: 'depends on the version',
  },
  { title: 'a GitHub token as null', file: beside('"github-oauth": {"github.com": null}'), composer: 'fails' },
  {
    title: 'a GitHub token as an object',
    file: beside('"github-oauth": {"github.com": {"token": "t"}}'),
    composer: 'fails',
  },
  { title: 'github-oauth as null', file: beside('"github-oauth": null'), composer: 'fails' },
  { title: 'a GitLab token', file: beside('"gitlab-oauth": {"gitlab.com": "t"}'), composer: 'read' },
  {
    title: 'a GitLab token as an object',
    file: beside('"gitlab-oauth": {"gitlab.com": {"token": "t", "expires-at": 1}}'),
    composer: 'read',
  },
  {
    title: 'a GitLab token as an object without it',
    file: beside('"gitlab-oauth": {"gitlab.com": {}}'),
    composer: 'fails',
  },
  { title: 'a GitLab token as null', file: beside('"gitlab-oauth": {"gitlab.com": null}'), composer: 'fails' },
  { title: 'a GitLab private token', file: beside('"gitlab-token": {"gitlab.com": "t"}'), composer: 'read' },
  {
    title: 'a GitLab private token with user',
    file: beside('"gitlab-token": {"gitlab.com": {"username": "u", "token": "t"}}'),
    composer: 'read',
  },
  {
    title: 'a GitLab private token with a null token',
    file: beside('"gitlab-token": {"gitlab.com": {"username": "u", "token": null}}'),
    composer: 'read',
  },
  {
    title: 'a GitLab private token without user',
    file: beside('"gitlab-token": {"gitlab.com": {"token": "t"}}'),
    composer: 'fails',
  },
  {
    title: 'a Bitbucket consumer',
    file: beside('"bitbucket-oauth": {"bitbucket.org": {"consumer-key": "k", "consumer-secret": "s"}}'),
    composer: 'read',
  },
  {
    title: 'a Bitbucket consumer with a null secret',
    file: beside('"bitbucket-oauth": {"bitbucket.org": {"consumer-key": "k", "consumer-secret": null}}'),
    composer: 'read',
  },
  {
    title: 'a Bitbucket consumer without secret',
    file: beside('"bitbucket-oauth": {"bitbucket.org": {"consumer-key": "k"}}'),
    composer: 'fails',
  },
]

withComposer(`auth.json as Composer ${version} sees it`, () => {
  let server: Server
  let host: string
  const seen: (string | undefined)[] = []
  beforeAll(async () => {
    server = createServer((request, response) => {
      seen.push(request.headers.authorization)
      response.setHeader('content-type', 'application/json').end('{"packages": {}}')
    })
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
    host = `127.0.0.1:${(server.address() as AddressInfo).port}`
  })
  afterAll(() => new Promise((done) => server.close(done)))

  /** What the real Composer does with a file as its global auth.json. */
  async function findingOf(
    file: Buffer,
  ): Promise<{ verdict: Verdict; authorization: string | undefined; output: string }> {
    const workspace = await createWorkspace()
    try {
      writeFileSync(join(workspace.home, 'auth.json'), file)
      const cwd = join(workspace.root, 'project')
      mkdirSync(cwd)
      const repositories = [{ 'packagist.org': false }, { type: 'composer', url: `http://${host}` }]
      // Something must be looked for, or Composer 2 asks no repository; that it is not found is another exit status.
      const config = { 'secure-http': false }
      writeFileSync(join(cwd, 'composer.json'), JSON.stringify({ repositories, config, require: { 'a/b': '*' } }))
      seen.length = 0
      const { exitCode, output } = await composer(['update', '--no-plugins'], { cwd, env: workspace.env })
      const authorization = seen[0]
      if (exitCode !== 2 || seen.length === 0) return { verdict: 'fails', authorization, output }
      return { verdict: authorization === undefined ? 'ignored' : 'read', authorization, output }
    } finally {
      await workspace.remove()
    }
  }

  const bytesOf = ({ file }: Variant) => (typeof file === 'string' ? Buffer.from(file.replaceAll('HOST', host)) : file)
  const basic = (username: string, password: string) =>
    `Basic ${Buffer.from(`${username}:${password}`).toString('base64')}`

  test.each(VARIANTS)('$title: $composer', async (variant) => {
    const bytes = bytesOf(variant)
    const { verdict, authorization, output } = await findingOf(bytes)
    expect({ verdict, output: verdict === variant.composer ? '' : output }).toEqual({
      verdict: variant.composer,
      output: '',
    })

    const ours = readAuthJson(bytes)
    if (variant.exception === 'cannot be written into') {
      expect(ours).toMatchObject({ kind: 'invalid', fault: { reason: 'not-an-object' } })
      return
    }
    if (variant.exception === 'depends on the version') {
      expect(ours.kind).toBe('auth-json')
      return
    }
    if (ours.kind === 'invalid') {
      // Either Composer fails, or it decodes the file to nothing, and would decode it to nothing with our keys in it too.
      expect(verdict === 'fails' || output.includes('NULL value found')).toBe(true)
      return
    }
    expect(verdict).not.toBe('fails')
    // What we take to stand in the file is what Composer sends.
    const entry = valueAt(ours, ['http-basic', host])
    expect(entry === undefined).toBe(authorization === undefined)
    if (entry !== undefined) {
      expect(entry).toMatchObject({ username: 'probe', password: 'secret' })
      expect(authorization).toBe(basic('probe', 'secret'))
    }
    // And of what we accept Composer reads our credentials once they are in it, with everything else that it held.
    const withOurs = withValue(ours, ['http-basic', host], { username: 'ours', password: 'key' })
    const after = await findingOf(Buffer.from(withOurs.text))
    expect({ verdict: after.verdict, authorization: after.authorization }).toEqual({
      verdict: 'read',
      authorization: basic('ours', 'key'),
    })
  })
})
