import { seeded } from '../seeded.ts'
import { letterAt } from './letters.ts'

/** One edit of a text, as an editor makes it. */
export interface Edit {
  /** Where, in UTF-16 units. */
  readonly at: number
  /** Units that are deleted there first. */
  readonly remove: number
  readonly insert: string
  /** Of several that never write at the same time. */
  readonly author: number
}

const authors = 5
/** Edits before the caret goes elsewhere. */
const [leastRun, mostRun] = [5, 120]
/**
 * One in so many edits deletes, mostly what was just typed, and some runs delete only: in the trace of automerge-perf 77,463 of
 * 259,778 edits delete.
 */
const deletingEdits = 5
const deletingRuns = 8

/** Typing, deleting and moving the caret, the same for the same seed. */
export function* syntheticTrace(edits: number, seed: number): Generator<Edit> {
  const random = seeded(seed)
  let length = 0
  let caret = 0
  let left = 0
  let author = 0
  let isDeleting = false
  for (let count = 0; count < edits; count++) {
    if (left-- === 0) {
      left = leastRun + random(mostRun - leastRun)
      caret = random(length + 1)
      author = random(authors)
      isDeleting = random(deletingRuns) === 0
    }
    if (caret > 0 && (isDeleting || random(deletingEdits) === 0)) {
      caret--
      length--
      yield { at: caret, remove: 1, insert: '', author }
    } else {
      yield { at: caret, remove: 0, insert: letterAt(count), author }
      caret++
      length++
    }
  }
}
