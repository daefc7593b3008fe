import { StateEffect, StateField, type Extension, type Range } from '@codemirror/state'
import { Decoration, EditorView, type DecorationSet } from '@codemirror/view'

export interface CommentPlace {
  readonly id: string
  readonly from: number
  readonly to: number
}

interface Marks {
  readonly places: readonly CommentPlace[]
  readonly currentId: string | undefined
}

/** Which comments stand where, and which of them is looked at. */
export const setComments = StateEffect.define<Marks>()

const marks = StateField.define<DecorationSet>({
  create: () => Decoration.none,
  update: (shown, transaction) => {
    for (const effect of transaction.effects)
      if (effect.is(setComments)) return draw(effect.value, transaction.newDoc.length)
    return shown.map(transaction.changes)
  },
  provide: (field) => EditorView.decorations.from(field),
})

/** Marks what has comments; a click on it tells which. */
export function commentMarks(onChoose: (id: string) => void): Extension {
  const onClick = EditorView.domEventHandlers({
    click: (event) => {
      const mark = (event.target as Element).closest<HTMLElement>('[data-comment]')
      if (mark?.dataset.comment) onChoose(mark.dataset.comment)
      return false
    },
  })
  return [marks, onClick]
}

function draw({ places, currentId }: Marks, length: number): DecorationSet {
  const ranges: Range<Decoration>[] = []
  for (const { id, from, to } of places) {
    if (from >= to || to > length) continue
    const isCurrent = id === currentId
    const mark = Decoration.mark({
      class: isCurrent ? 'comment-mark comment-mark-current' : 'comment-mark',
      attributes: { 'data-comment': id },
    })
    ranges.push(mark.range(from, to))
  }
  return Decoration.set(ranges, true)
}
