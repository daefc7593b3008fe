import type { ChangeSpec, Extension } from '@codemirror/state'
import { ViewPlugin, type EditorView, type ViewUpdate } from '@codemirror/view'
import { yCollab, ySync, ySyncAnnotation, ySyncFacet, type YSyncConfig } from 'y-codemirror.next'
import type * as Y from 'yjs'
import { isOdd, plainText, removeOdd } from './plain-text.ts'

/**
 * Keeps an editor and a text the same, with an undo of one's own. In place of y-codemirror.next's own plugin for that, which throws
 * at things in a text that are no characters, and then stays wrong: any client may put some there.
 */
export function textSync(text: Y.Text, undoManager: Y.UndoManager): Extension {
  const parts = yCollab(text, undefined, { undoManager }) as readonly Extension[]
  return parts.map((part) => (part === ySync ? plugin : part))
}

class TextSync {
  readonly #view: EditorView
  readonly #config: YSyncConfig
  readonly #text: Y.Text
  /** Yjs leaves some of what is no text out of what it says of changes. While there is some, whole texts are compared. */
  #isOdd: boolean
  #isOver = false

  constructor(view: EditorView) {
    this.#view = view
    this.#config = view.state.facet(ySyncFacet)
    this.#text = this.#config.ytext as Y.Text
    this.#isOdd = isOdd(this.#text)
    this.#text.observe(this.#onChange)
    this.#clean()
  }

  readonly #onChange = ({ delta }: Y.YTextEvent, { origin }: Y.Transaction): void => {
    if (origin === this.#config) return
    const { doc } = this.#view.state
    const told = this.#isOdd ? undefined : changesOf(delta, doc.length, this.#text.length)
    this.#isOdd = told === undefined && isOdd(this.#text)
    const changes = told ?? difference(doc.toString(), plainText(this.#text))
    this.#view.dispatch({ changes, annotations: [ySyncAnnotation.of(this.#config)] })
    this.#clean()
  }

  update({ docChanged, transactions, changes, startState, state }: ViewUpdate): void {
    if (startState.readOnly && !state.readOnly) this.#clean()
    if (!docChanged || transactions[0]?.annotation(ySyncAnnotation) === this.#config) return
    const text = this.#text
    text.doc?.transact(() => {
      // How much longer the text is already than the one that the changes speak of.
      let shift = 0
      changes.iterChanges((from, to, _from, _to, insert) => {
        const inserted = insert.sliceString(0, insert.length, '\n')
        if (to > from) text.delete(from + shift, to - from)
        if (inserted !== '') text.insert(from + shift, inserted)
        shift += inserted.length - (to - from)
      })
    }, this.#config)
  }

  /** Whoever may write takes out what is no text, before anything is written around it. It is nobody's to undo. */
  #clean(): void {
    if (!this.#isOdd) return
    queueMicrotask(() => {
      if (!this.#isOver && !this.#view.state.readOnly) removeOdd(this.#text, this)
    })
  }

  destroy(): void {
    this.#isOver = true
    this.#text.unobserve(this.#onChange)
  }
}

const plugin = ViewPlugin.fromClass(TextSync)

/** Undefined where they do not make a text of the one length one of the other. */
function changesOf(delta: Y.YTextEvent['delta'], before: number, after: number): ChangeSpec[] | undefined {
  const changes: ChangeSpec[] = []
  let at = 0
  let length = before
  for (const { insert, delete: deleted = 0, retain = 0 } of delta) {
    if (insert !== undefined && typeof insert !== 'string') return undefined
    if (insert !== undefined || deleted > 0) changes.push({ from: at, to: at + deleted, insert: insert ?? '' })
    length += (insert?.length ?? 0) - deleted
    at += retain + deleted
  }
  return length === after && at <= before ? changes : undefined
}

function difference(before: string, after: string): ChangeSpec {
  const most = Math.min(before.length, after.length)
  let start = 0
  while (start < most && before[start] === after[start]) start += 1
  let end = 0
  while (end < most - start && before.at(-1 - end) === after.at(-1 - end)) end += 1
  return { from: start, to: before.length - end, insert: after.slice(start, after.length - end) }
}
