import { diffLines, diffWordsWithSpace } from 'diff'

export interface ComparedPart {
  readonly kind: 'same' | 'added' | 'removed'
  readonly text: string
}

/** UTF-16 units of both: longer ones are compared by lines, since words would take seconds. */
const mostForWords = 60_000
/** Of each way, ms. */
const patience = { timeout: 400 }

/** What was added and removed from one text to the other. Texts that take too long to compare are told as a whole. */
export function compareTexts(before: string, after: string): readonly ComparedPart[] {
  const byWords = before.length + after.length <= mostForWords ? diffWordsWithSpace(before, after, patience) : undefined
  const changes = byWords ?? diffLines(before, after, patience)
  if (!changes) {
    return [
      { kind: 'removed', text: before },
      { kind: 'added', text: after },
    ]
  }
  return changes.map(({ added, removed, value }) => ({
    kind: added ? 'added' : removed ? 'removed' : 'same',
    text: value,
  }))
}
