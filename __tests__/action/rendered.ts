import { marked } from 'marked'
import { type DefaultTreeAdapterTypes, parseFragment } from 'parse5'

/** One element of a rendered summary. */
export interface RenderedElement {
  readonly name: string
  readonly attributes: Readonly<Record<string, string>>
  readonly text: string
}

/** A summary as GitHub renders Markdown: its elements in their order, and everything that it shows. */
export function rendered(markdown: string): { elements: RenderedElement[]; text: string } {
  const root = parseFragment(marked.parse(markdown, { gfm: true, async: false }))
  const elements: RenderedElement[] = []
  const visit = (node: DefaultTreeAdapterTypes.Node): string => {
    if (node.nodeName === '#text' && 'value' in node) return node.value
    const text = 'childNodes' in node ? node.childNodes.map(visit).join('') : ''
    if ('attrs' in node) {
      const attributes = Object.fromEntries(node.attrs.map(({ name, value }) => [name, value]))
      elements.push({ name: node.nodeName, attributes, text })
    } else if (!node.nodeName.startsWith('#document')) {
      elements.push({ name: node.nodeName, attributes: {}, text })
    }
    return text
  }
  return { text: visit(root), elements }
}
