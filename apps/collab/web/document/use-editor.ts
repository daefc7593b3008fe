import { EditorSelection } from '@codemirror/state'
import { EditorView } from '@codemirror/view'
import { useMemo, useState } from 'react'
import { toggledTask } from '../markdown/task-list.ts'

export interface Editor {
  readonly view: EditorView | undefined
  readonly setView: (view: EditorView | undefined) => void
  /** Selects a part of the text, in sight, and gives it the keyboard. */
  readonly show: (from: number, to?: number) => void
  /** @param line From 0. */
  readonly tick: (line: number) => void
}

/** The editor that is on the page, for what stands around it. */
export function useEditor(): Editor {
  const [view, setView] = useState<EditorView>()
  return useMemo(
    () => ({
      view,
      setView,
      show: (from, to = from) => {
        if (!view) return
        const { length } = view.state.doc
        const selection = EditorSelection.range(Math.min(from, length), Math.min(to, length))
        view.dispatch({ selection, effects: EditorView.scrollIntoView(selection, { y: 'center' }) })
        view.focus()
      },
      tick: (number) => {
        if (!view || view.state.readOnly || number >= view.state.doc.lines) return
        const line = view.state.doc.line(number + 1)
        const change = toggledTask(line.text)
        if (!change) return
        const { from, to, insert } = change
        view.dispatch({ changes: { from: line.from + from, to: line.from + to, insert }, userEvent: 'input' })
      },
    }),
    [view],
  )
}
