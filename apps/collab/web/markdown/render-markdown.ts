import MarkdownIt from 'markdown-it'
import { taskList } from './task-list.ts'

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

/** Where in the text a block begins, by which editor and preview scroll together. */
markdown.core.ruler.push('lines', (state) => {
  for (const token of state.tokens) {
    if (token.map && token.nesting >= 0 && token.type !== 'inline') token.attrSet('data-line', String(token.map[0]))
  }
})

/** HTML of Markdown in which markup is text. Not safe by itself: see `safeFragment`. */
export function renderMarkdown(text: string): string {
  return markdown.render(text)
}
