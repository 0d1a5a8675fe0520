import { describe, expect, test } from '@jest/globals'
import { type ProxyChoice, proxyDependsOnVersion, proxyFor, proxySecrets } from '../../src/composer/proxy.js'
import { composerClassesAvailable, withComposerClasses } from './real-classes.js'

const real = composerClassesAvailable()
const withRealClasses = real ? test : test.skip

const PROXY = 'http://proxy.example:3128'
const HTTPS_URL = new URL('https://repo.magento.com/packages.json')
const HTTP_URL = new URL('http://repo.magento.com/packages.json')

function choose(env: Record<string, string>, url = HTTPS_URL, httpsFallsBack = false): ProxyChoice {
  return proxyFor(url, env, httpsFallsBack)
}

/** The variable whose proxy is taken: each that is set names one at a port of its own. */
function chosenVariable(env: Record<string, string>, url = HTTPS_URL, httpsFallsBack = false): string {
  const names = Object.keys(env)
  const ports = names.map((name, index) => [name, env[name] === '' ? '' : `http://proxy.example:${index + 1}`])
  const choice = choose(Object.fromEntries(ports), url, httpsFallsBack)
  return choice.kind === 'proxy' ? (names[choice.proxy.port - 1] ?? '') : choice.kind
}

describe('which variable counts', () => {
  test.each<[string, Record<string, string>, URL, string]>([
    ['no variable', {}, HTTPS_URL, 'direct'],
    ['https_proxy for https', { https_proxy: PROXY }, HTTPS_URL, 'https_proxy'],
    ['HTTPS_PROXY for https', { HTTPS_PROXY: PROXY }, HTTPS_URL, 'HTTPS_PROXY'],
    ['the lower-case one first', { HTTPS_PROXY: PROXY, https_proxy: PROXY }, HTTPS_URL, 'https_proxy'],
    ['an empty one as none', { https_proxy: '', HTTPS_PROXY: PROXY }, HTTPS_URL, 'HTTPS_PROXY'],
    ['not https_proxy for http', { https_proxy: PROXY }, HTTP_URL, 'direct'],
    ['http_proxy for http', { http_proxy: PROXY }, HTTP_URL, 'http_proxy'],
    ['HTTP_PROXY for http', { HTTP_PROXY: PROXY }, HTTP_URL, 'HTTP_PROXY'],
    ['CGI_HTTP_PROXY for http', { CGI_HTTP_PROXY: PROXY }, HTTP_URL, 'CGI_HTTP_PROXY'],
    ['not http_proxy for https', { http_proxy: PROXY }, HTTPS_URL, 'direct'],
    ['nothing called all_proxy', { all_proxy: PROXY, ALL_PROXY: PROXY }, HTTPS_URL, 'direct'],
  ])('%s', (_, env, url, expected) => {
    expect(chosenVariable(env, url)).toBe(expected)
  })

  test('before Composer 2.8, http_proxy for https when there is no https_proxy', () => {
    expect(chosenVariable({ http_proxy: PROXY }, HTTPS_URL, true)).toBe('http_proxy')
    expect(chosenVariable({ http_proxy: PROXY, https_proxy: PROXY }, HTTPS_URL, true)).toBe('https_proxy')
  })

  test('the version matters for https with http_proxy alone', () => {
    expect(proxyDependsOnVersion(HTTPS_URL, { http_proxy: PROXY })).toBe(true)
    expect(proxyDependsOnVersion(HTTPS_URL, { http_proxy: PROXY, https_proxy: PROXY })).toBe(false)
    expect(proxyDependsOnVersion(HTTPS_URL, { http_proxy: PROXY, no_proxy: 'magento.com' })).toBe(false)
    expect(proxyDependsOnVersion(HTTPS_URL, {})).toBe(false)
    expect(proxyDependsOnVersion(HTTP_URL, { http_proxy: PROXY })).toBe(false)
  })
})

describe('what a variable holds', () => {
  test.each([
    [PROXY, 'http://proxy.example:3128'],
    ['proxy.example:3128', 'http://proxy.example:3128'],
    ['http://proxy.example', 'http://proxy.example:80'],
    ['http://proxy.example/', 'http://proxy.example:80'],
    ['https://proxy.example', 'https://proxy.example:443'],
    ['HTTP://proxy.example:8080/path?query', 'http://proxy.example:8080'],
    ['http://[::1]:3128', 'http://[::1]:3128'],
    ['http://user:password@proxy.example:3128', 'http://proxy.example:3128'],
  ])('%s is shown as %s', (value, shown) => {
    expect(choose({ https_proxy: value })).toMatchObject({ kind: 'proxy', proxy: { shown } })
  })

  test.each([
    ['http://user:pass@p:1', 'user:pass'],
    ['http://us%40er:p%3Aa%2Fs%25s@p:1', 'us@er:p:a/s%s'],
    ['http://user@p:1', 'user:'],
    ['http://user:@p:1', 'user:'],
    ['http://:pass@p:1', ':pass'],
    ['http://user:p@ss@p:1', 'user:p@ss'],
    ['http://user:100%25%zz@p:1', 'user:100%%zz'],
  ])('credentials in %s are sent decoded', (value, pair) => {
    const choice = choose({ https_proxy: value })
    const header = choice.kind === 'proxy' ? choice.proxy.authorization : undefined
    expect(Buffer.from(header?.replace('Basic ', '') ?? '', 'base64').toString()).toBe(pair)
  })

  test('escapes are undone byte by byte, as PHP does, even where they are no UTF-8', () => {
    const choice = choose({ https_proxy: 'http://user:p%E9%FF@p:1' })
    const header = choice.kind === 'proxy' ? choice.proxy.authorization : undefined
    expect(header).toBe(`Basic ${Buffer.from('user:p\xe9\xff', 'latin1').toString('base64')}`)
  })

  // PHP's parse_url finds no host in the first of these, and Composer stops: "Unable to use a proxy".
  const malformed = [
    'proxy.example',
    'user:password@proxy.example:3128',
    'http://',
    'http://:3128',
    'http://proxy.example:99999',
    'http://proxy.example:port',
    'http://user:pa#ss@proxy.example:3128',
    'http://user:pa/ss@proxy.example:3128',
    'ftp://proxy.example',
  ]
  test.each(malformed)('%s is malformed, for requests of either scheme', (value) => {
    expect(choose({ https_proxy: value })).toEqual({ kind: 'malformed', variable: 'https_proxy' })
    expect(choose({ https_proxy: value }, HTTP_URL)).toEqual({ kind: 'malformed', variable: 'https_proxy' })
    expect(choose({ http_proxy: value, https_proxy: PROXY })).toEqual({ kind: 'malformed', variable: 'http_proxy' })
  })

  test.each(['http://proxy.example:3128\n', 'http://pro\txy.example:3128', 'http://proxy.example:0'])(
    '%j is malformed, as for Composer from 2.8 on',
    (value) => {
      expect(choose({ https_proxy: value })).toEqual({ kind: 'malformed', variable: 'https_proxy' })
    },
  )

  test('a proxy of a kind that only curl speaks is unsupported', () => {
    expect(choose({ https_proxy: 'socks5://proxy.example:1080' })).toEqual({
      kind: 'unsupported',
      variable: 'https_proxy',
    })
  })

  withRealClasses('the installed Composer agrees about which are malformed', () => {
    const values = [
      ...malformed,
      PROXY,
      'proxy.example:3128',
      'http://proxy.example',
      'https://proxy.example',
      'http://[::1]:3128',
      'http://user:p@ss@proxy.example:3128',
      'socks5://proxy.example:1080',
    ]
    const verdicts = withComposerClasses(
      `return array_map(function ($value) {
        foreach (['http_proxy', 'HTTP_PROXY', 'CGI_HTTP_PROXY', 'HTTPS_PROXY', 'no_proxy', 'NO_PROXY'] as $other) unset($_SERVER[$other]);
        $_SERVER['https_proxy'] = $value;
        Composer\\Util\\Http\\ProxyManager::reset();
        try { Composer\\Util\\Http\\ProxyManager::getInstance()->getProxyForRequest('https://repo.magento.com/'); return true; }
        catch (Composer\\Downloader\\TransportException $e) { return false; }
      }, $input);`,
      values,
    )
    expect(values.map((value) => [value, choose({ https_proxy: value }).kind !== 'malformed'])).toEqual(
      values.map((value, index) => [value, (verdicts as boolean[])[index]]),
    )
  })
})

describe('no_proxy', () => {
  const table: readonly (readonly [pattern: string, url: string, excluded: boolean])[] = [
    ['*', 'https://repo.magento.com/', true],
    ['* other.example', 'https://repo.magento.com/', true],
    ['other.example,*', 'https://repo.magento.com/', false],
    [' ', 'https://repo.magento.com/', true],
    [',', 'https://repo.magento.com/', true],
    ['repo.magento.com', 'https://repo.magento.com/', true],
    ['REPO.Magento.com', 'https://repo.magento.com/', true],
    ['magento.com', 'https://repo.magento.com/', true],
    ['.magento.com', 'https://repo.magento.com/', true],
    ['.magento.com', 'https://magento.com/', true],
    ['..magento.com', 'https://magento.com/', true],
    ['*.magento.com', 'https://repo.magento.com/', false],
    ['gento.com', 'https://repo.magento.com/', false],
    ['repo.magento.com.', 'https://repo.magento.com/', false],
    ['a.repo.magento.com', 'https://repo.magento.com/', false],
    ['other.example, magento.com', 'https://repo.magento.com/', true],
    ['other.example\tmagento.com', 'https://repo.magento.com/', true],
    ['magento.com:443', 'https://repo.magento.com/', true],
    ['magento.com:443', 'http://repo.magento.com/', false],
    ['magento.com:80', 'http://repo.magento.com/', true],
    ['magento.com:8443', 'https://repo.magento.com:8443/', true],
    ['magento.com:8443', 'https://repo.magento.com/', false],
    ['magento.com:0', 'https://repo.magento.com/', false],
    ['magento.com:', 'https://repo.magento.com/', false],
    ['magento.com:0443', 'https://repo.magento.com/', false],
    ['magento.com:65536', 'https://repo.magento.com/', false],
    ['magento.com:x', 'https://repo.magento.com/', false],
    ['https://repo.magento.com', 'https://repo.magento.com/', false],
    ['127.0.0.1', 'http://127.0.0.1:8080/', true],
    ['127.0.0.1:8080', 'http://127.0.0.1:8080/', true],
    ['127.0.0.1:8081', 'http://127.0.0.1:8080/', false],
    ['127.0.0', 'http://127.0.0.1/', false],
    ['0.0.1', 'http://127.0.0.1/', true],
    ['localhost', 'http://127.0.0.1/', false],
    ['127.0.0.1', 'http://localhost/', false],
    ['10.0.0.0/8', 'https://10.1.2.3/', true],
    ['10.0.0.0/8', 'https://11.1.2.3/', false],
    ['10.1.2.3/8', 'https://10.9.9.9/', true],
    ['10.0.0.0/8:8080', 'https://10.1.2.3/', true],
    ['10.0.0.0/0', 'https://192.0.2.1/', true],
    ['10.0.0.0/33', 'https://10.1.2.3/', false],
    ['10.0.0.0/', 'https://10.1.2.3/', false],
    ['10.0.0.0/08', 'https://10.1.2.3/', false],
    ['10.0.0.0/8/16', 'https://10.1.2.3/', true],
    ['192.168.1.0/25', 'https://192.168.1.127/', true],
    ['192.168.1.0/25', 'https://192.168.1.128/', false],
    ['magento.com/8', 'https://repo.magento.com/', false],
    ['10.0.0.0/8', 'https://repo.magento.com/', false],
    ['::1', 'http://[::1]:8080/', true],
    ['[::1]', 'http://[::1]:8080/', true],
    ['[::1]:8080', 'http://[::1]:8080/', true],
    ['[::1]:8081', 'http://[::1]:8080/', false],
    ['[::1', 'http://[::1]/', false],
    ['[]', 'http://[::1]/', false],
    ['0:0:0:0:0:0:0:1', 'http://[::1]/', true],
    ['fe80::/10', 'http://[febf::1]/', true],
    ['fe80::/10', 'http://[fec0::1]/', false],
    ['[fe80::]/10', 'http://[febf::1]/', true],
    ['fe80::/129', 'http://[fe80::1]/', false],
    ['::ffff:127.0.0.1', 'http://127.0.0.1/', true],
    ['[repo.magento.com]', 'https://repo.magento.com/', true],
    ['::/0', 'https://[2001:db8::1]/', true],
  ]

  test.each(table)('%j takes %s out: %s', (pattern, url, excluded) => {
    const env = { http_proxy: PROXY, https_proxy: PROXY, no_proxy: pattern }
    expect(choose(env, new URL(url)).kind).toBe(excluded ? 'direct' : 'proxy')
  })

  withRealClasses('the installed Composer agrees about every line of the table', () => {
    const verdicts = withComposerClasses(
      'return array_map(fn ($line) => (new Composer\\Util\\NoProxyPattern($line[0]))->test($line[1]), $input);',
      table,
    )
    expect(table.map(([pattern, url], index) => [pattern, url, (verdicts as boolean[])[index]])).toEqual(table)
  })

  test('the lower-case variable counts first, and an empty one not at all', () => {
    const env = { https_proxy: PROXY }
    expect(choose({ ...env, no_proxy: 'other.example', NO_PROXY: 'magento.com' }).kind).toBe('proxy')
    expect(choose({ ...env, no_proxy: '', NO_PROXY: 'magento.com' }).kind).toBe('direct')
    expect(choose({ ...env, no_proxy: '', NO_PROXY: '' }).kind).toBe('proxy')
  })
})

test('passwords in every proxy variable are named for masking, decoded and as they stand', () => {
  expect(
    proxySecrets({ https_proxy: 'http://user:p%40ssword@p:1', HTTP_PROXY: 'user:other@p:1', no_proxy: 'a:b@c' }),
  ).toEqual(expect.arrayContaining(['p%40ssword', 'p@ssword', 'other']))
  expect(proxySecrets({ https_proxy: 'http://user@p:1', HTTP_PROXY: 'http://p:1' })).toEqual([])
  expect(proxySecrets({ https_proxy: 'http://user:with@sign@p:1' })).toContain('with@sign')
})
