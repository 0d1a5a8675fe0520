import { describe, expect, test } from '@jest/globals'
import { isPrivateRoute, originOf, packagesJsonUrl } from '../../src/composer/origin.js'
import { composerClassesAvailable, withComposerClasses } from './real-classes.js'

const withRealClasses = composerClassesAvailable() ? test : test.skip

describe('the origin of a URL', () => {
  const table: readonly (readonly [url: string, origin: string])[] = [
    ['https://repo.magento.com/', 'repo.magento.com'],
    ['https://repo.magento.com', 'repo.magento.com'],
    ['HTTPS://repo.magento.com/packages.json', 'repo.magento.com'],
    ['https://REPO.Magento.com/', 'REPO.Magento.com'],
    ['https://repo.magento.com./', 'repo.magento.com.'],
    ['https://repo.magento.com:443/', 'repo.magento.com:443'],
    ['https://repo.magento.com:8443/a/b.json', 'repo.magento.com:8443'],
    ['https://repo.magento.com:/', 'repo.magento.com'],
    ['https://repo.magento.com:0/', 'repo.magento.com'],
    ['https://repo.magento.com:0443/', 'repo.magento.com:443'],
    ['https://user:pass@repo.magento.com/', 'repo.magento.com'],
    ['https://user:p@ss@repo.magento.com:8443/', 'repo.magento.com:8443'],
    ['https://user@repo.magento.com?query=@other.example', 'repo.magento.com'],
    ['https://repo.magento.com/@other.example/', 'repo.magento.com'],
    ['https://repo.magento.com#@other.example', 'repo.magento.com'],
    ['https://repo.magento.com?x=https://other.example/', 'repo.magento.com'],
    ['http://localhost:8080/', 'localhost:8080'],
    ['http://127.0.0.1:8080/', '127.0.0.1:8080'],
    ['https://[::1]:8443/x', '[::1]:8443'],
    ['https://[2001:db8::1]/', '[2001:db8::1]'],
    ['https://api.github.com/repos/', 'github.com'],
    ['https://github.com/', 'github.com'],
    ['https://evilgithub.com/', 'evilgithub.com'],
    ['https://repo.packagist.org/', 'packagist.org'],
    ['https://packagist.org/', 'packagist.org'],
    ['https://b\u00fccher.example/', 'b\u00fccher.example'],
    ['repo.magento.com', 'repo.magento.com'],
  ]

  test.each(table)('of %s is %s', (url, origin) => {
    expect(originOf(url)).toBe(origin)
  })

  withRealClasses('the installed Composer agrees', () => {
    const origins = withComposerClasses(
      `$config = new Composer\\Config(false);
      return array_map(fn ($line) => Composer\\Util\\Url::getOrigin($config, $line[0]), $input);`,
      table,
    )
    expect(table.map(([url], index) => [url, (origins as string[])[index]])).toEqual(table)
  })
})

describe('the URL of packages.json', () => {
  const table: readonly (readonly [repository: string, root: string])[] = [
    ['https://repo.magento.com/', 'https://repo.magento.com/packages.json'],
    ['https://repo.magento.com', 'https://repo.magento.com/packages.json'],
    ['https://repo.magento.com///', 'https://repo.magento.com/packages.json'],
    ['https://REPO.magento.com:443/path/', 'https://REPO.magento.com:443/path/packages.json'],
    ['https://repo.magento.com/packages.json', 'https://repo.magento.com/packages.json'],
    ['https://repo.magento.com/packages.json/', 'https://repo.magento.com/packages.json'],
    ['https://repo.magento.com/list.json', 'https://repo.magento.com/list.json'],
    ['https://repo.magento.com/a.json/b', 'https://repo.magento.com/a.json/b'],
    ['https://name.json/', 'https://name.json/packages.json'],
    ['http://127.0.0.1:8080/composer/magento', 'http://127.0.0.1:8080/composer/magento/packages.json'],
  ]

  test.each(table)('of %s is %s', (repository, root) => {
    expect(packagesJsonUrl(repository)).toBe(root)
  })

  withRealClasses('the installed Composer agrees', () => {
    const roots = withComposerClasses(
      `$io = new Composer\\IO\\NullIO();
      $config = new Composer\\Config(false);
      $config->merge(['config' => ['cache-dir' => sys_get_temp_dir(), 'cache-read-only' => true]]);
      $http = new Composer\\Util\\HttpDownloader($io, $config);
      $method = new ReflectionMethod(Composer\\Repository\\ComposerRepository::class, 'getPackagesJsonUrl');
      $method->setAccessible(true);
      return array_map(fn ($line) => $method->invoke(new Composer\\Repository\\ComposerRepository(['url' => $line[0]], $io, $config, $http)), $input);`,
      table,
    )
    expect(table.map(([repository], index) => [repository, (roots as string[])[index]])).toEqual(table)
  })
})

test.each([
  ['localhost', true],
  ['127.0.0.1', true],
  ['127.255.0.9', true],
  ['[::1]', true],
  ['localhost.example.com', false],
  ['127.0.0.1.example.com', false],
  ['128.0.0.1', false],
  ['[::2]', false],
  ['0.0.0.0', false],
])('%s is this machine: %s', (host, loopback) => {
  expect(isPrivateRoute(`http://${host}:8080/`)).toBe(loopback)
  expect(isPrivateRoute(`https://${host}:8080/`)).toBe(true)
})
