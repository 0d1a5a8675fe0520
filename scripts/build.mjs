// Compiles src/ to lib/, bundles main and post into dist/ (or the two folders named on the command line, to build
// beside a checkout's own), and joins the licences of what was bundled.
import { execFileSync } from 'node:child_process'
import { readFileSync, rmSync, writeFileSync } from 'node:fs'

const run = (/** @type {string} */ script, /** @type {string[]} */ ...args) =>
  execFileSync(process.execPath, [script, ...args], { stdio: 'inherit' })

const [dist = 'dist', lib = 'lib'] = process.argv.slice(2)
for (const folder of [dist, lib]) rmSync(folder, { recursive: true, force: true })
run('node_modules/typescript/bin/tsc', '--project', 'tsconfig.build.json', '--outDir', lib)
// ncc takes the kind of modules from the nearest package.json, which for a folder elsewhere is this one.
writeFileSync(`${lib}/package.json`, '{ "type": "module" }\n')

const licenses = new Map()
for (const entry of ['main', 'post']) {
  run(
    'node_modules/@vercel/ncc/dist/ncc/cli.js',
    'build',
    `${lib}/${entry}.js`,
    '--out',
    `${dist}/${entry}`,
    '--license',
    'licenses.txt',
    '--quiet',
  )
  const file = `${dist}/${entry}/licenses.txt`
  // ncc writes one block per package: its name, its licence's name, the text.
  for (const block of readFileSync(file, 'utf8').split(
    /\n\n(?=(?:@[\w.-]+\/)?[\w.-]+\n(?:MIT|ISC|Apache-2\.0|BSD-\d-Clause|0BSD)\n)/,
  )) {
    licenses.set(block.split('\n', 1)[0], block.trim())
  }
  rmSync(file)
}
const names = [...licenses.keys()].sort()
writeFileSync(`${dist}/licenses.txt`, `${names.map((name) => licenses.get(name)).join('\n\n')}\n`)
