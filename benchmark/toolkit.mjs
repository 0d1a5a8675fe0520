import { mkdirSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

// It brings no types of its own.
const bundle = createRequire(import.meta.url)('@vercel/ncc')

/**
 * Bundles the start that uses the toolkit alone, by the bundler of this action and as a bundler does it by default, with
 * all that @actions/http-client brings.
 *
 * @param {string} folder gets main/index.js
 */
export async function buildToolkitStart(folder) {
  const source = fileURLToPath(new URL('toolkit-start.js', import.meta.url))
  const { code } = await bundle(source, { cache: false, quiet: true })
  mkdirSync(join(folder, 'main'), { recursive: true })
  writeFileSync(join(folder, 'main', 'index.js'), code)
  writeFileSync(join(folder, 'main', 'package.json'), '{ "type": "module" }\n')
}
