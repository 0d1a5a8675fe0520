import { createHash } from 'node:crypto'

// What Composer's Locker::getContentHash looks at, in the order that ksort gives it, `config` among it.
const RELEVANT = [
  'config',
  'conflict',
  'extra',
  'minimum-stability',
  'name',
  'prefer-stable',
  'provide',
  'replace',
  'repositories',
  'require',
  'require-dev',
  'version',
]

/**
 * JSON as PHP's `json_decode($text, true)` holds it: an object is a Map in the order of the text, because a JavaScript
 * object would move keys such as "0" (which `repositories` does have) to the front.
 *
 * @typedef {null | boolean | number | string | PhpValue[] | Map<string, PhpValue>} PhpValue
 */

/**
 * @param {string} text
 * @returns {PhpValue}
 */
function parse(text) {
  JSON.parse(text) // complains about what is no JSON better than the few lines below would
  const tokens = text.match(/"(?:[^"\\]|\\.)*"|[[\]{}]|[^\s"[\]{},:]+/g) ?? []
  let at = 0
  /** @returns {PhpValue} */
  function value() {
    const token = tokens[at++] ?? ''
    if (token === '[') {
      const list = []
      while (tokens[at] !== ']') list.push(value())
      at++
      return list
    }
    if (token !== '{') return JSON.parse(token)
    /** @type {Map<string, PhpValue>} */
    const map = new Map()
    while (tokens[at] !== '}') map.set(JSON.parse(tokens[at++] ?? ''), value())
    at++
    return map
  }
  return value()
}

/**
 * As PHP's json_encode without flags: slashes and everything beyond ASCII escaped, an array with the keys 0, 1, 2… in
 * brackets, whether it was an object or not. So `{}` becomes `[]`.
 *
 * @param {PhpValue} value
 * @returns {string}
 */
function encode(value) {
  if (typeof value === 'string') {
    const escaped = JSON.stringify(value).replaceAll('/', '\\/')
    return escaped.replace(/[\u0080-\uffff]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`)
  }
  if (Array.isArray(value)) return `[${value.map(encode).join(',')}]`
  if (!(value instanceof Map)) return String(value)
  if ([...value.keys()].every((key, index) => key === String(index))) return encode([...value.values()])
  return `{${[...value].map(([key, item]) => `${encode(key)}:${encode(item)}`).join(',')}}`
}

/**
 * The `content-hash` that a lock made from this composer.json has (Composer's Locker::getContentHash). With another,
 * `install` prints that the lock file is not up to date, and goes on.
 *
 * @param {string} manifest the text of composer.json
 * @returns {string} 32 lower-case hexadecimal digits, like a Magento key
 */
export function contentHash(manifest) {
  const content = parse(manifest)
  if (!(content instanceof Map)) throw new TypeError('A composer.json holds an object')
  const config = content.get('config')
  const platform = config instanceof Map ? config.get('platform') : undefined
  /** @type {Map<string, PhpValue>} */
  const relevant = new Map()
  for (const key of RELEVANT) {
    const value = key === 'config' ? platform && new Map([['platform', platform]]) : content.get(key)
    if (value !== undefined && (key !== 'config' || value !== null)) relevant.set(key, value)
  }
  return createHash('md5').update(encode(relevant)).digest('hex')
}
