import type { MarkdownIt } from 'markdown-it'

const mark = /^\[([ xX])\][ \u00a0]/

/** List items that begin with `[ ]` or `[x]` become tasks: a check box that knows its line, counted from `env.line`. */
export function taskList(markdown: MarkdownIt): void {
  markdown.core.ruler.after('inline', 'task-list', (state) => {
    state.tokens.forEach((token, index) => {
      const [item, paragraph] = [state.tokens[index - 2], state.tokens[index - 1]]
      if (token.type !== 'inline' || item?.type !== 'list_item_open' || paragraph?.type !== 'paragraph_open') return
      const found = mark.exec(token.content)
      const [first] = token.children ?? []
      if (!found || first?.type !== 'text' || !token.children) return
      item.attrJoin('class', 'task')
      first.content = first.content.slice(4)
      const box = new state.Token('task_box', 'input', 0)
      box.meta = { line: token.map?.[0] ?? 0, name: token.content.slice(4, 204), isDone: found[1] !== ' ' }
      token.children.unshift(box)
    })
  })
  markdown.renderer.rules.task_box = (tokens, index, _options, env) => {
    const { line, name, isDone } = tokens[index]?.meta ?? {}
    const place = Number(line) - Number(env?.line ?? 0)
    const label = markdown.utils.escapeHtml(String(name))
    return `<input type="checkbox" class="task-box" data-task="${place}" aria-label="${label}"${isDone ? ' checked=""' : ''}>`
  }
}

/** The line with its task done, or open again; undefined where it is no task. */
export function toggledTask(
  line: string,
): { readonly from: number; readonly to: number; readonly insert: string } | undefined {
  const found = /^(?:\s|>)*(?:[-*+]|\d{1,9}[.)])\s+\[([ xX])\]/.exec(line)
  if (!found) return undefined
  const to = found[0].length - 1
  return { from: to - 1, to, insert: found[1] === ' ' ? 'x' : ' ' }
}
