import { StateEffect, StateField, type Extension, type Range } from '@codemirror/state'
import { Decoration, EditorView, ViewPlugin, type DecorationSet, type ViewUpdate } from '@codemirror/view'
import * as Y from 'yjs'
import type { Awareness, AwarenessChange } from './awareness.ts'
import { placeOfJson } from './place-of.ts'
import { RemoteCaret } from './remote-caret.ts'

/** What one's own editor says of itself, and reads of others; as y-codemirror.next writes it. */
interface CursorState {
  readonly user?: { readonly name?: unknown; readonly color?: unknown }
  readonly cursor?: { readonly anchor?: unknown; readonly head?: unknown } | null
}

const setCursors = StateEffect.define<DecorationSet>()
const cursors = StateField.define<DecorationSet>({
  create: () => Decoration.none,
  update: (shown, transaction) => {
    for (const effect of transaction.effects) if (effect.is(setCursors)) return effect.value
    return shown.map(transaction.changes)
  },
  provide: (field) => EditorView.decorations.from(field),
})

/** Carets and selections of everybody else, with their names; tells them this editor's own. */
export function remoteCursors(text: Y.Text, awareness: Awareness): Extension {
  class Cursors {
    readonly #view: EditorView
    readonly #onChange: (change: AwarenessChange) => void
    #isDue = false
    #isOver = false

    constructor(view: EditorView) {
      this.#view = view
      // One's own caret is drawn by the editor.
      this.#onChange = ({ added, updated, removed }) => {
        if ([added, updated, removed].flat().some((id) => id !== awareness.clientID)) this.#drawSoon()
      }
      awareness.on('change', this.#onChange)
      this.#drawSoon()
    }

    update({ docChanged, selectionSet, focusChanged, view }: ViewUpdate): void {
      if ((docChanged || selectionSet || focusChanged) && view.hasFocus) tell(text, awareness, view)
    }

    destroy(): void {
      this.#isOver = true
      awareness.off('change', this.#onChange)
    }

    /** Not at once: a change of the text and one of a cursor may come within one update of the editor. */
    #drawSoon(): void {
      if (this.#isDue) return
      this.#isDue = true
      queueMicrotask(() => {
        this.#isDue = false
        if (!this.#isOver)
          this.#view.dispatch({ effects: setCursors.of(draw(text, awareness, this.#view.state.doc.length)) })
      })
    }
  }
  return [cursors, ViewPlugin.fromClass(Cursors)]
}

function tell(text: Y.Text, awareness: Awareness, view: EditorView): void {
  const { anchor, head } = view.state.selection.main
  const from = positionJson(text, anchor)
  const cursor = { anchor: from, head: head === anchor ? from : positionJson(text, head) }
  const before = awareness.getLocalState()?.cursor
  if (JSON.stringify(before) !== JSON.stringify(cursor)) awareness.setLocalStateField('cursor', cursor)
}

/** Plain JSON, as it comes from others. */
function positionJson(text: Y.Text, index: number): unknown {
  return JSON.parse(JSON.stringify(Y.createRelativePositionFromTypeIndex(text, index)))
}

function draw(text: Y.Text, awareness: Awareness, length: number): DecorationSet {
  const ranges: Range<Decoration>[] = []
  for (const [clientId, said] of awareness.getStates()) {
    const state: CursorState = said
    if (clientId === awareness.clientID || !state.cursor) continue
    const anchor = placeOfJson(text, state.cursor.anchor)
    const head = placeOfJson(text, state.cursor.head)
    if (anchor === undefined || head === undefined || Math.max(anchor, head) > length) continue
    const name = typeof state.user?.name === 'string' ? state.user.name : 'Somebody'
    const color = typeof state.user?.color === 'string' ? state.user.color : '#59625d'
    if (anchor !== head) {
      const attributes = { style: `--who: ${safeColor(color)}` }
      const mark = Decoration.mark({ class: 'remote-selection', attributes })
      ranges.push(mark.range(Math.min(anchor, head), Math.max(anchor, head)))
    }
    const widget = new RemoteCaret(name, safeColor(color), JSON.stringify(state.cursor))
    ranges.push(Decoration.widget({ widget, side: head > anchor ? -1 : 1 }).range(head))
  }
  return Decoration.set(ranges, true)
}

function safeColor(color: string): string {
  return /^#[\da-f]{6}$/i.test(color) ? color : '#59625d'
}

/** Where that client's caret is; undefined where it has none in this text. */
export function caretOf(text: Y.Text, awareness: Awareness, clientId: number): number | undefined {
  const state: CursorState | undefined = awareness.getStates().get(clientId)
  return placeOfJson(text, state?.cursor?.head)
}
