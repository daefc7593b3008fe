import { levels } from '../contract.ts'

export type LogLevel = (typeof levels)[number]

export interface Line {
  /** When it was first said, ms since 1970. */
  readonly at: number
  readonly level: LogLevel
  readonly text: string
  readonly count: number
}

const maxTextLength = 500
/** Line breaks, other control characters, half characters, and those that would turn the text around them. */
const troublesome = /[\p{Cc}\p{Cs}\u2028\u2029\u202A-\u202E\u2066-\u2069]+/gu

export interface LineBufferOptions {
  /** More different lines do not wait: of the least level the oldest is left out. Default 200. */
  readonly maxLines?: number
  /** A line that is said again so soon after it was taken waits until then, and is counted. Default 5,000 ms. */
  readonly repeatMs?: number
}

/** Lines that wait to be told. What is said again is one line with a count; what there is no room for is counted, too. */
export class LineBuffer {
  readonly #maxLines: number
  readonly #repeatMs: number
  readonly #waiting = new Map<string, Line>()
  readonly #takenAt = new Map<string, number>()
  #leftOut = 0

  constructor({ maxLines = 200, repeatMs = 5_000 }: LineBufferOptions = {}) {
    this.#maxLines = maxLines
    this.#repeatMs = repeatMs
  }

  /** @returns The text as it will stand in the line; undefined where nothing of it can be shown. */
  add(level: LogLevel, text: string, at: number): string | undefined {
    const shown = text.slice(0, maxTextLength).replace(troublesome, ' ').trim()
    if (shown === '') return undefined
    const key = `${level} ${shown}`
    const known = this.#waiting.get(key)
    this.#waiting.set(key, known ? { ...known, count: known.count + 1 } : { at, level, text: shown, count: 1 })
    if (this.#waiting.size > this.#maxLines) this.#leaveOut()
    return shown
  }

  /** The next line; undefined where none is due. */
  take(nowMs: number): Line | undefined {
    for (const [key, takenAt] of this.#takenAt) if (takenAt + this.#repeatMs <= nowMs) this.#takenAt.delete(key)
    for (const [key, line] of this.#waiting) {
      if (this.#takenAt.has(key)) continue
      this.#waiting.delete(key)
      this.#takenAt.set(key, nowMs)
      return line
    }
    return undefined
  }

  /** How many lines were left out since they were last taken; 0 while there is no room for a line that tells it. */
  takeLeftOut(): number {
    if (this.#waiting.size >= this.#maxLines) return 0
    const count = this.#leftOut
    this.#leftOut = 0
    return count
  }

  #leaveOut(): void {
    for (const level of levels) {
      for (const [key, line] of this.#waiting) {
        if (line.level !== level) continue
        this.#waiting.delete(key)
        this.#leftOut += line.count
        return
      }
    }
  }
}
