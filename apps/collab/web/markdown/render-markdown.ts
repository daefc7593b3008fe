import MarkdownIt, { type Token } from 'markdown-it'
import { taskList } from './task-list.ts'

export interface Block {
  /** Where it begins in the text, from 0. */
  readonly line: number
  /** The same wherever the block stands. Not safe by itself: see `safeFragment`. */
  readonly html: string
}

const markdown = new MarkdownIt({ html: false, linkify: true, breaks: false, typographer: false }).use(taskList)

/** Pictures of other places are not loaded, which would tell those who reads; a link to them says what they are. */
markdown.renderer.rules.image = (tokens, index) => {
  const token = tokens[index]
  const address = String(token?.attrGet('src') ?? '')
  const { escapeHtml } = markdown.utils
  const name = escapeHtml(token?.content || 'picture')
  if (!/^https?:/i.test(address)) return `<span class="picture">${name}</span>`
  return `<a class="picture" href="${escapeHtml(address)}">${name}</a>`
}

/** The blocks of Markdown in which markup is text. Of a long text few change at a time. */
export function renderBlocks(text: string): readonly Block[] {
  const env = {}
  const blocks: Block[] = []
  for (const tokens of blocksOf(markdown.parse(text, env))) {
    const line = tokens[0]?.map?.[0] ?? 0
    blocks.push({ line, html: markdown.renderer.render(tokens, markdown.options, { ...env, line }) })
  }
  return blocks
}

function* blocksOf(tokens: readonly Token[]): Generator<Token[]> {
  let depth = 0
  let start = 0
  for (const [index, { nesting }] of tokens.entries()) {
    depth += nesting
    if (depth > 0) continue
    yield tokens.slice(start, index + 1)
    start = index + 1
  }
}
