// Compiles src/ to lib/, bundles main and post into dist/ (or the two folders named on the command line, to build
// beside a checkout's own), and puts the licences of all that was bundled beside them.
import { execFileSync } from 'node:child_process'
import { copyFileSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join, resolve } from 'node:path'

/** A package that stands in a bundle. @typedef {{ name: string, folder: string }} BundledPackage */
/** A module as webpack describes it. @typedef {{ nameForCondition?: string, modules?: Module[] }} Module */

// It brings no types of its own.
const bundle = createRequire(import.meta.url)('@vercel/ncc')

// The toolkit imports them for functions that are never called here: undici and tunnel for proxies, since this action opens
// its connections itself (src/server/connection.ts); @actions/exec to name the operating system; and OpenID Connect, for
// which each start would load what sends requests. They would be more than half of the code to read.
const LEFT_OUT = ['undici', 'tunnel', '@actions/exec', './oidc-utils.js']
const STAND_IN = 'left-out.js'

const [dist = 'dist', lib = 'lib'] = process.argv.slice(2)
for (const folder of [dist, lib]) rmSync(folder, { recursive: true, force: true })
const compiler = ['node_modules/typescript/bin/tsc', '--project', 'tsconfig.build.json', '--outDir', lib]
execFileSync(process.execPath, compiler, { stdio: 'inherit' })
// ncc takes the kind of modules from the nearest package.json, which for a folder elsewhere is this one.
writeFileSync(join(lib, 'package.json'), '{ "type": "module" }\n')

/** @type {Map<string, BundledPackage>} */
const packages = new Map()
for (const entry of ['main', 'post']) {
  const { code, assets, stats } = await bundle(resolve(lib, `${entry}.js`), {
    externals: Object.fromEntries(LEFT_OUT.map((name) => [name, `./${STAND_IN}`])),
    cache: false,
    quiet: true,
  })
  const folder = join(dist, entry)
  mkdirSync(folder, { recursive: true })
  writeFileSync(join(folder, 'index.js'), code)
  for (const name of Object.keys(assets)) writeFileSync(join(folder, name), assets[name].source)
  copyFileSync(join('scripts', STAND_IN), join(folder, STAND_IN))
  for (const found of packagesOf(stats.toJson({ all: false, modules: true, nestedModules: true, ids: true }).modules)) {
    packages.set(found.name, found)
  }
}
writeFileSync(join(dist, 'licenses.txt'), [...packages.values()].toSorted(byName).map(licenceOf).join('\n\n'))

/**
 * The packages that the modules of a bundle come from.
 *
 * @param {readonly Module[]} modules
 * @returns {BundledPackage[]}
 */
function packagesOf(modules) {
  return modules.flatMap(({ nameForCondition = '', modules: nested = [] }) => {
    const [, folder, name] = /^(.*[\\/]node_modules[\\/]((?:@[^\\/]+[\\/])?[^\\/]+))[\\/]/.exec(nameForCondition) ?? []
    const own = folder === undefined || name === undefined ? [] : [{ name: name.replace('\\', '/'), folder }]
    return [...own, ...packagesOf(nested)]
  })
}

/** Name, licence and its text. A package that is bundled without one stops the build. @param {BundledPackage} found */
function licenceOf({ name, folder }) {
  /** @type {{ license?: string }} */
  const { license } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'))
  const file = readdirSync(folder).find((one) => /^licen[cs]e(\.|$)/i.test(one))
  const declared = JSON.parse(readFileSync('package.json', 'utf8')).devDependencies[name]
  if (license === undefined || file === undefined) throw new Error(`${name} is bundled and has no licence`)
  if (declared !== undefined) throw new Error(`${name} is bundled, and package.json has it under devDependencies`)
  return `${name}\n${license}\n${readFileSync(join(folder, file), 'utf8').replaceAll('\r\n', '\n').trim()}\n`
}

/** @param {BundledPackage} a @param {BundledPackage} b */
function byName(a, b) {
  return a.name < b.name ? -1 : 1
}
