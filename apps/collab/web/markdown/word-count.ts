import { changedLines } from './changed-lines.ts'
import { countWords } from './count-words.ts'

/** Counts the words of a text that changes: only those lines anew that are others, some of them at a time. */
export class WordCount {
  #lines: readonly string[] = []
  /** Of each line; undefined: not counted yet. */
  #counts: (number | undefined)[] = []
  #total = 0
  #uncounted: number[] = []

  /** Words of what is counted. */
  get total(): number {
    return this.#total
  }

  take(text: string): void {
    const lines = text.split('\n')
    const { start, end } = changedLines(this.#lines, lines)
    const counts = this.#counts
    const fresh = Array.from({ length: lines.length - start - end }, () => undefined)
    const next = [...counts.slice(0, start), ...fresh, ...counts.slice(counts.length - end)]
    for (const count of counts.slice(start, counts.length - end)) this.#total -= count ?? 0
    this.#lines = lines
    this.#counts = next
    this.#uncounted = next.flatMap((count, at) => (count === undefined ? [at] : [])).toReversed()
  }

  /** Goes on for as many characters. @returns Whether everything is counted. */
  step(characters: number): boolean {
    let left = characters
    while (left > 0) {
      const at = this.#uncounted.pop()
      if (at === undefined) return true
      const line = this.#lines[at] ?? ''
      const count = countWords(line)
      this.#counts[at] = count
      this.#total += count
      left -= line.length + 1
    }
    return this.#uncounted.length === 0
  }
}
