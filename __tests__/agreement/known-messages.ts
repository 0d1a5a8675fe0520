import type { Code } from '../../src/problems/finding.js'
import { accounts } from '../../testing/catalogue.mjs'
import type { Scenario } from './scenario.js'
import { type Servers, scenarios } from './scenarios.js'

/** A message that users of Magento meet, what is known to cause it, and how this action names that cause. */
export interface KnownMessage {
  /** As it is searched for. */
  readonly message: string
  readonly cause: string
  readonly outcome: Reproduced | NotReproduced
}

/** The real Composer prints it here, and the action, run before, names the cause. */
export interface Reproduced {
  readonly kind: 'reproduced'
  readonly code: Code
  readonly scenario: Scenario
  /** What Composer's output holds. */
  readonly composer: readonly RegExp[]
  /** Composer goes on with what it remembers; else it fails. */
  readonly composerPasses?: true
  /** What differs from what users met. */
  readonly note?: string
}

export interface NotReproduced {
  readonly kind: 'not reproduced'
  /** What the action says of the cause; undefined where it is none of its concerns. */
  readonly code: Code | undefined
  readonly why: string
}

/** With this Composer takes any standard input for a terminal, as in `shell: bash` on Windows. Source: `Platform::isTty`. */
const INTERACTIVE = { MSYSTEM: 'MINGW64', COMPOSER_NO_INTERACTION: '' }
const REQUIRED = /URL required authentication \(HTTP 401\)/

/** The messages, in the order of their collection: keys, entitlement, network, configuration. */
export function knownMessages(servers: Servers): KnownMessage[] {
  const { v1 } = servers
  const all = scenarios(servers)
  const named = (group: string, name: string): Scenario => {
    const found = all.find((scenario) => scenario.group === group && scenario.name === name)
    if (found === undefined) throw new Error(`There is no scenario ${group}: ${name}`)
    return found
  }
  const root = (name: string) => named('packages.json fails', name)
  const elsewhere = (url: string): Scenario => {
    const origin = new URL(url).host
    const text = JSON.stringify(root('403, no lock').manifest).replaceAll(v1.url, url)
    return { ...root('403, no lock'), main: { ...v1, url, origin }, manifest: JSON.parse(text), fault: () => {} }
  }
  const reproduced = (
    message: string,
    cause: string,
    code: Code,
    scenario: Scenario,
    composer: readonly RegExp[],
    more: Pick<Reproduced, 'composerPasses' | 'note'> = {},
  ): KnownMessage => ({ message, cause, outcome: { kind: 'reproduced', code, scenario, composer, ...more } })
  const other = (message: string, cause: string, code: Code | undefined, why: string): KnownMessage => ({
    message,
    cause,
    outcome: { kind: 'not reproduced', code, why },
  })
  const NO_ACCESS = 'It has nothing to do with access, credentials or reachability.'

  return [
    reproduced(
      "You haven't provided your Magento authentication keys",
      'The secret is empty, or auth.json is in a place where this Composer does not look.',
      'keys-missing',
      named('keys', 'none, no lock'),
      [/You haven't provided your Magento authentication keys/, REQUIRED],
    ),
    reproduced(
      'Your Magento authentication keys are invalid',
      'The keys are wrong, disabled or deleted.',
      'keys-rejected',
      named('keys', 'disabled, no lock'),
      [/Your Magento authentication keys are invalid/, REQUIRED],
    ),
    reproduced(
      "Invalid credentials (HTTP 401) for '…/packages.json', aborting.",
      'The same, when Composer believes that it can ask questions: `shell: bash` on Windows without `-n`.',
      'keys-rejected',
      { ...named('keys', 'disabled, no lock'), env: INTERACTIVE },
      [/Invalid credentials \(HTTP 401\) for '[^']*\/packages\.json', aborting\./],
    ),
    reproduced(
      "Invalid credentials (HTTP 401) for '…/archives/….zip', aborting.",
      'The account of the keys is not entitled to the package.',
      'package-denied',
      { ...named('archives', 'the visible archives of Commerce answer 401, lock'), env: INTERACTIVE },
      [/Invalid credentials \(HTTP 401\) for '[^']*\/archives\/[^']*\.zip', aborting\./],
    ),
    reproduced(
      '… could not be fully loaded (…), package information was loaded from the local cache and may be out of date',
      'The keys are rejected, and a cache of metadata on this machine hides it.',
      'keys-rejected',
      { ...named('keys', 'disabled, no lock'), remembers: true, arguments: ['update', '--no-install', '--no-audit'] },
      [/could not be fully loaded \(.*package information was loaded from the local cache and may be out of date/],
      { composerPasses: true, note: 'Composer continues with what it has cached; on a clean runner it fails.' },
    ),
    reproduced(
      `The "…/packages.json" file could not be downloaded (HTTP/2 404 ): {"warning":"You haven't provided …"}`,
      'Something removes the keys on the way: a proxy, a mirror, or a tool with its own HTTP client.',
      'keys-not-received',
      {
        ...root('404, no lock'),
        fault: () =>
          v1.faults.order('/packages.json', {
            kind: 'status',
            status: 404,
            body: '{"warning":"You haven\'t provided your Magento authentication keys."}',
          }),
      },
      [/file could not be downloaded \(HTTP\/1\.1 404 Not Found\)/, /haven't provided your Magento/],
    ),
    other(
      'Bad credentials',
      'The web setup wizard got an answer other than 200.',
      'keys-rejected',
      'Magento 2.4 no longer has this wizard.',
    ),

    reproduced(
      'The "…/archives/….zip" file could not be downloaded (HTTP/2 404 )',
      'The account of the keys has no licence for Commerce, B2B or Cloud, or the licence has lapsed.',
      'package-denied',
      named('entitlement, lock', 'Commerce with keys of Open Source'),
      [/\/archives\/[^"]*\.zip" file could not be downloaded \(HTTP\/1\.1 404 Not Found\)/],
    ),
    reproduced(
      "The '…/archives/…' URL could not be accessed (HTTP 403)",
      'The same; servers answered like this until 2020.',
      'package-denied',
      named('archives', 'the visible archives of Commerce answer 403, lock'),
      [/\/archives\/[^']*' URL could not be accessed \(HTTP 403\)/],
    ),
    reproduced(
      "The '…/packages.json' URL could not be accessed (HTTP 403)",
      'Usually a firewall, and not the keys.',
      'access-forbidden',
      root('403, no lock'),
      [/\/packages\.json' URL could not be accessed \(HTTP 403\)/],
    ),
    reproduced(
      '… could not be found in any version, there may be a typo in the package name',
      'The account is not entitled to the package, or never ordered the extension.',
      'package-denied',
      named('entitlement, no lock', 'Commerce with keys of Open Source'),
      [/could not be found in any version, there may be a typo in the package name/],
    ),
    reproduced(
      'Could not find package magento/project-… with stability stable',
      'The account is not entitled to the edition, or its name is misspelled.',
      'package-denied',
      named('packages (create-project)', 'Commerce, unentitled'),
      [/Could not find package magento\/project-enterprise-edition with stability stable/],
      { note: 'For a while, Adobe’s servers have also given this answer to keys that work.' },
    ),
    reproduced(
      'Packages of two accounts from one host (no message of its own)',
      'Composer uses one pair of keys per host, so it does not see what the other account has bought.',
      'package-denied',
      {
        ...named('entitlement, no lock', 'a bought extension with keys of Commerce'),
        keys: accounts.commerce,
      },
      [/acme\/module-paid.* could not be found in any version/],
    ),

    other(
      'curl error 28 while downloading …: Operation timed out after 300000 milliseconds',
      'A slow network.',
      'repository-unreachable',
      'Composer waits 300 seconds. The action reports a packages.json that is too slow. Of archives it reads only the headers, so it cannot foresee that one is slow.',
    ),
    reproduced(
      'curl error 18 while downloading …: transfer closed with … bytes remaining to read',
      'The server, or something in between, breaks the transfer off.',
      'unexpected-answer',
      root('half an answer, no lock'),
      [/curl error 18 while downloading .*\/packages\.json: transfer closed with/],
      { note: 'For packages.json. That an archive breaks off in the middle cannot be foreseen.' },
    ),
    reproduced(
      'The following exception probably indicates you … have misconfigured DNS resolver(s) … curl error 6',
      'DNS does not know the name, or does not answer.',
      'repository-unreachable',
      elsewhere('https://nowhere.invalid'),
      [/misconfigured DNS resolver\(s\)/, /curl error 6 while downloading .*Could not resolve host/],
    ),
    reproduced(
      'curl error 7 while downloading …: Failed to connect … Connection refused',
      'No server listens there, or a firewall refuses the connection.',
      'repository-unreachable',
      elsewhere('http://127.0.0.1:1'),
      [/curl error 7 while downloading .*Failed to connect/],
    ),
    other(
      'Failed to enable crypto',
      'Until 2017: a PHP without TLS 1.2.',
      'tls-failed',
      'Composer 2 uses curl, which says "curl error 35" or "60" instead. The tests of certificates compare with the real Composer whether both fail.',
    ),
    reproduced(
      'The "…/packages.json" file could not be downloaded (HTTP/2 503 )',
      'An outage.',
      'repository-unavailable',
      root('503, no lock'),
      [/file could not be downloaded \(HTTP\/1\.1 503 Service Unavailable\)/],
    ),
    other(
      'Could not fetch https://api.github.com/…, please create a GitHub OAuth token to go over the API rate limit',
      'Too few requests to GitHub’s API are left for the archives of composer.lock, or Composer has no token for it.',
      'github-token-insufficient',
      'A warning, because others may use the token until Composer runs, or the hour may end. The tests of tokens ask a stand-in for GitHub.',
    ),
    other(
      'The "https://packagist.org/p/…json" file could not be downloaded (HTTP/1.1 404 Not Found)',
      'A mirror or cache of packagist.org is out of date.',
      undefined,
      'This action asks packagist.org only about single packages, without keys, and does not check its files.',
    ),

    reproduced(
      'COMPOSER_AUTH environment variable is malformed, should be a valid JSON object',
      'YAML changed the quotes or line breaks of a secret.',
      'auth-file-invalid',
      { ...named('keys', 'disabled, no lock'), keys: accounts.commerce, env: { COMPOSER_AUTH: '{"http-basic":' } },
      [/COMPOSER_AUTH environment variable is malformed/],
    ),
    other(
      'Higher matching version … was found in public repository packagist.org than … in private https://repo.magento.com',
      'The audit plugin compares versions.',
      undefined,
      NO_ACCESS,
    ),
    reproduced(
      'The audit plugin needs packages.json on `composer install` from a lock',
      'It looks up every package in all repositories.',
      'access-forbidden',
      named('the audit plugin', 'allowed, packages.json answers 403'),
      [/packages\.json' URL could not be accessed \(HTTP 403\)/],
    ),
    other(
      'An extension stays at an old version (no message)',
      'repo.magento.com is canonical, so Composer does not ask the repositories after it.',
      undefined,
      NO_ACCESS,
    ),
    other(
      'The "magento/magento-composer-installer" plugin was skipped because it requires a Plugin API version ("^1.0")',
      'Composer 2 with an old version of Magento.',
      undefined,
      NO_ACCESS,
    ),
    other(
      '… contains a Composer plugin which is blocked by your allow-plugins config',
      'The plugin is not allowed in `config.allow-plugins`.',
      undefined,
      NO_ACCESS,
    ),
    other(
      '… but these were not loaded, because they are affected by security advisories',
      'Composer 2.9 and newer leave out versions that have security advisories (exit status 2). `policy.advisories.block`, in 2.9 `audit.block-insecure`, turns it off.',
      undefined,
      NO_ACCESS,
    ),
    other(
      'Package … (in the lock file) was not loaded, because it was flagged as malware …',
      'A package of composer.lock is on a list of malware (Composer 2.10 and newer, exit status 2). Believe it first: remove the package before you turn off `policy.malware.block`.',
      undefined,
      NO_ACCESS,
    ),
    other(
      '… has no published-time, so the cooldown policy configured in "policy.cooldown" cannot tell whether it is new or old',
      'A cooldown is set, and the repository does not say when a version was published (Composer 2.11 and newer).',
      'published-time-missing',
      'Only Composer 2.11 and newer say so: the table of agreement has it.',
    ),
    other(
      'Cannot update only a partial set of packages without a lock file present.',
      '`composer update` with names of packages, and no composer.lock.',
      'manifest-invalid',
      'The table of agreement has it.',
    ),
    other(
      'VCS merge conflict detected. Please run `composer update --lock`.',
      'The conflict markers of an unfinished merge are around `content-hash` in composer.lock (Composer 2.11 and newer).',
      'manifest-invalid',
      'Only Composer 2.11 and newer say so: the table of agreement has it.',
    ),
  ]
}
