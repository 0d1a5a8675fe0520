import { PAGES } from '../problems/phrases.js'

/**
 * GitHub-flavoured Markdown of texts that may quote anybody: file names, packages, constraints, a server's words. Out of
 * them come no markup and no link; what is linked are the pages that our own words name, and nothing else.
 */
export function text(value: string): string {
  return value
    .split(/(`[^`\n]+`)/)
    .map((part, index) => (index % 2 === 1 ? code(part.slice(1, -1)) : linked(part)))
    .join('')
    .replace(/^[-\d]/, reference)
}

/** A code span, in HTML: backticks and pipes in one of Markdown cannot be escaped everywhere. */
export function code(value: string): string {
  return `<code>${inert(value)}</code>`
}

/** A link of ours; as code where it is no more than a path. */
export function link(label: string, url: string): string {
  return url.startsWith('https://') ? `[${label}](${url})` : code(url)
}

function linked(value: string): string {
  const page = PAGES.find((candidate) => value.includes(candidate))
  if (page === undefined) return inert(value)
  const [before = '', ...after] = value.split(page)
  return `${inert(before)}<a href="${page}">${inert(page)}</a>${linked(after.join(page))}`
}

/**
 * A text without any meaning to Markdown or HTML. References in place of characters do not keep the renderer from making
 * links of addresses, which it looks for afterwards: a `<wbr>` inside does, and it is where a long address may break.
 */
function inert(value: string): string {
  return value
    .replace(/[^\p{L}\p{N} .,:;/()’“”–…%?'-]/gu, reference)
    .replace(/:(?=\/)/g, ':<wbr>')
    .replace(/\bwww(?=\.)/gi, '$&<wbr>')
    .replaceAll('&#64;', '&#64;<wbr>')
}

function reference(character: string): string {
  return `&#${character.codePointAt(0)};`
}
