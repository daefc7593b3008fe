import type { EditorView } from '@codemirror/view'
import type * as Y from 'yjs'
import type { CommentDraft } from '../../contract.ts'
import { anchorOf } from './anchor.ts'

const maxQuote = 300

/** A comment on what is selected, or else on the line of the caret; undefined where there is no text. */
export function draftOf(view: EditorView, text: Y.Text): Omit<CommentDraft, 'text'> | undefined {
  const { doc, selection } = view.state
  const { main } = selection
  const { from, to } = main.empty ? doc.lineAt(main.head) : main
  if (from === to) return undefined
  const chosen = doc.sliceString(from, to)
  const quote = chosen.length > maxQuote ? `${chosen.slice(0, maxQuote - 1)}…` : chosen
  return { quote, anchor: anchorOf(text, from, to) }
}
