import type { ChangeSpec, EditorState, Line } from '@codemirror/state'
import { EditorSelection } from '@codemirror/state'
import type { Command, EditorView } from '@codemirror/view'

/** Puts a mark around what is selected, or takes it away where it is there. */
export function wrapIn(mark: string): Command {
  return (view) => {
    if (view.state.readOnly) return false
    const { length } = mark
    const change = view.state.changeByRange(({ from, to }) => {
      const before = view.state.sliceDoc(from - length, from)
      const after = view.state.sliceDoc(to, to + length)
      if (before === mark && after === mark) {
        const changes = [
          { from: from - length, to: from },
          { from: to, to: to + length },
        ]
        return { changes, range: EditorSelection.range(from - length, to - length) }
      }
      const changes = [
        { from, insert: mark },
        { from: to, insert: mark },
      ]
      return { changes, range: EditorSelection.range(from + length, to + length) }
    })
    view.dispatch(change, { scrollIntoView: true, userEvent: 'input' })
    return true
  }
}

const lineStart = /^(\s*)(#{1,6} |> |[-*+] (?:\[[ xX]\] )?|\d{1,9}[.)] )?/

/** Makes the selected lines such ones, or plain again where all of them are. `prefix`: of the line of that number, from 0. */
export function markLines(prefix: (index: number) => string, isMarked: RegExp): Command {
  return (view) => {
    if (view.state.readOnly) return false
    const lines = selectedLines(view.state)
    const areAll = lines.every(({ text }) => isMarked.test(text.trimStart()))
    const changes = lines.map((line, index): ChangeSpec => {
      const [, space = '', mark = ''] = lineStart.exec(line.text) ?? []
      const from = line.from + space.length
      return { from, to: from + mark.length, insert: areAll ? '' : prefix(index) }
    })
    view.dispatch({ changes, scrollIntoView: true, userEvent: 'input' })
    return true
  }
}

function selectedLines({ doc, selection }: EditorState): Line[] {
  const { from, to } = selection.main
  const first = doc.lineAt(from).number
  return Array.from({ length: doc.lineAt(to).number - first + 1 }, (_, index) => doc.line(first + index))
}

/** `[what is selected](address)`, with the part that is still to be written selected. */
export const insertLink: Command = (view) => {
  if (view.state.readOnly) return false
  const { from, to } = view.state.selection.main
  const chosen = view.state.sliceDoc(from, to)
  const isAddress = /^https?:\/\/\S+$/.test(chosen)
  const [name, address] = isAddress ? ['name', chosen] : [chosen || 'name', 'https://']
  const start = from + (isAddress || chosen === '' ? 1 : name.length + 3)
  const end = start + (isAddress || chosen === '' ? name.length : address.length)
  replace(view, from, to, `[${name}](${address})`, start, end)
  return true
}

const table = '| Name | What |\n| --- | --- |\n|  |  |\n|  |  |\n'

export const insertTable: Command = (view) => {
  if (view.state.readOnly) return false
  const { doc, selection } = view.state
  const line = doc.lineAt(selection.main.to)
  const gap = line.length === 0 ? '' : '\n\n'
  const start = line.to + gap.length
  replace(view, line.to, line.to, `${gap}${table}`, start + 2, start + 6)
  return true
}

/** A block of code around the selected lines, or marks around a part of one. */
export const insertCode: Command = (view) => {
  if (view.state.readOnly) return false
  const { doc, selection } = view.state
  const { from, to } = selection.main
  const [first, last] = [doc.lineAt(from), doc.lineAt(to)]
  const isPart = first.number === last.number && (from !== to || first.length > 0)
  if (isPart) return wrapIn('`')(view)
  const text = doc.sliceString(first.from, last.to)
  replace(view, first.from, last.to, `\`\`\`\n${text}\n\`\`\``, first.from + 4, first.from + 4 + text.length)
  return true
}

function replace(view: EditorView, from: number, to: number, insert: string, anchor: number, head: number): void {
  view.dispatch({
    changes: { from, to, insert },
    selection: { anchor, head },
    scrollIntoView: true,
    userEvent: 'input',
  })
}
