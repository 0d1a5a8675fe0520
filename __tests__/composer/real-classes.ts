import { execFileSync } from 'node:child_process'
import { realpathSync } from 'node:fs'
import { delimiter, dirname, join } from 'node:path'

/**
 * Finds the autoloader of the installed Composer, in PHP, given the path of its `composer` command: Debian keeps the
 * classes on PHP's include_path, Composer's own distribution inside the phar, a checkout in its vendor folder.
 */
const FIND_AUTOLOADER = `
$places = [];
foreach (explode(PATH_SEPARATOR, get_include_path()) as $folder) $places[] = $folder.'/Composer/autoload.php';
$places[] = 'phar://'.$argv[1].'/vendor/autoload.php';
$places[] = dirname($argv[1], 2).'/vendor/autoload.php';
$places[] = dirname($argv[1], 4).'/autoload.php';
foreach ($places as $place) if (is_file($place)) { require $place; break; }
if (!class_exists('Composer\\\\Composer')) { fwrite(STDERR, 'Composer has no autoloader in '.implode(', ', $places)); exit(3); }
`

/**
 * Runs PHP with the classes of the installed Composer at hand and returns what it prints as JSON.
 *
 * @param code reads `$input`, and returns what is to be printed
 */
export function withComposerClasses(code: string, input: unknown): unknown {
  const script = `error_reporting(E_ALL & ~E_DEPRECATED);${FIND_AUTOLOADER}
$input = json_decode(stream_get_contents(STDIN), true);
echo json_encode((function () use ($input) { ${code} })(), JSON_UNESCAPED_SLASHES | JSON_THROW_ON_ERROR);`
  const output = execFileSync('php', ['-d', 'phar.readonly=1', '-r', script, '--', composerCommand()], {
    input: JSON.stringify(input),
    encoding: 'utf8',
    stdio: ['pipe', 'pipe', 'pipe'],
  })
  return JSON.parse(output)
}

/**
 * Whether Composer's classes can be asked. Where they cannot, tests that need them are skipped with a loud warning; on
 * CI, where a skipped proof would go unnoticed, it throws.
 */
export function composerClassesAvailable(): boolean {
  try {
    return withComposerClasses('return true;', null) === true
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error)
    if (process.env.CI) throw new Error(`These tests need PHP and Composer's classes: ${reason}`)
    process.stderr.write(`\n*** COMPOSER'S CLASSES ARE MISSING: the tests against them DID NOT RUN (${reason}) ***\n\n`)
    return false
  }
}

/** The file behind `composer`, links followed. */
function composerCommand(): string {
  for (const folder of (process.env.PATH ?? '').split(delimiter)) {
    try {
      const path = realpathSync(join(folder, 'composer'))
      if (dirname(path) !== path) return path
    } catch {
      // Not in this folder of the PATH.
    }
  }
  throw new Error('There is no composer on the PATH')
}
