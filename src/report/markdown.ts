/** Words that become links, each with its address. */
export type Links = ReadonlyMap<string, string>

/**
 * GitHub-flavoured Markdown of texts that may quote anybody: file names, packages, constraints, a server's words. Out of
 * them come no markup and no link; what is linked are the words that we name here, and nothing else.
 */
export function text(value: string, links: Links = new Map()): string {
  return value
    .split(/(`[^`\n]+`)/)
    .map((part, index) => (index % 2 === 1 ? code(part.slice(1, -1)) : linked(part, [...links])))
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

function linked(value: string, [first, ...others]: readonly (readonly [words: string, url: string])[]): string {
  if (first === undefined) return inert(value)
  const [words, url] = first
  return value
    .split(words)
    .map((part) => linked(part, others))
    .join(`<a href="${url}">${inert(words)}</a>`)
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
