import { MillraceError } from '@millrace/contract'
import { Pace } from '@millrace/server'
import { LineBuffer, type Line, type LogLevel } from './line-buffer.ts'

/** The pace at which one node tells its lines: many at once, then 20 a second. */
const burst = 50
const intervalMs = 50
const lookMs = 250

export type SaidLine = Omit<Line, 'count'>

export interface NodeLogOptions {
  /** Takes each line at once, as it was said; for the output of the process. */
  readonly write?: (line: SaidLine) => void
  /** Errors may hold what is nobody's business: then their text is left to the output of the process. */
  readonly isPublic: boolean
  /** Ms since 1970. Default: the clock of the machine. */
  readonly now?: () => number
  /** Of a clock that only goes forward. Default: that of the machine. */
  readonly monotonicMs?: () => number
}

/** What a node says of itself: to the output of its process at once, to the log that everybody reads at a pace. */
export class NodeLog {
  readonly #options: Required<Omit<NodeLogOptions, 'write'>> & Pick<NodeLogOptions, 'write'>
  readonly #buffer = new LineBuffer()
  readonly #pace = new Pace({ burst, intervalMs })
  #publish: ((line: Line, key: number) => Promise<unknown>) | undefined
  #looking: NodeJS.Timeout | undefined
  /** Taken from the buffer, and not published yet. */
  #next: Line | undefined
  #published = 0
  #telling: Promise<void> | undefined

  constructor(options: NodeLogOptions) {
    this.#options = { now: Date.now, monotonicMs: () => performance.now(), ...options }
  }

  say(level: LogLevel, text: string): void {
    const at = this.#options.now()
    const shown = this.#buffer.add(level, text, at)
    if (shown !== undefined) this.#options.write?.({ at, level, text: shown })
  }

  /** An error that nobody waits for. Whoever calls this writes it to the output of the process. */
  fault(error: unknown): void {
    this.#buffer.add('error', textOf(error, this.#options.isPublic), this.#options.now())
  }

  /** @param publish Publishes a line; the same line comes with the same key again where that failed. */
  start(publish: (line: Line, key: number) => Promise<unknown>): void {
    this.#publish = publish
    this.#looking = setInterval(() => void this.tell(), lookMs).unref()
  }

  /** Publishes what the pace allows. Calls during another join it. */
  tell(): Promise<void> {
    this.#telling ??= this.#tell().finally(() => (this.#telling = undefined))
    return this.#telling
  }

  /** Before the server closes: tells what is left, and no more from then on. */
  async stop(): Promise<void> {
    clearInterval(this.#looking)
    await this.tell()
    await this.tell()
    this.#publish = undefined
  }

  async #tell(): Promise<void> {
    for (;;) {
      const leftOut = this.#buffer.takeLeftOut()
      if (leftOut > 0) this.say('warn', `${leftOut} lines of this log were left out, since too many waited`)
      const nowMs = this.#options.monotonicMs()
      this.#next ??= this.#buffer.take(nowMs)
      if (this.#next === undefined || this.#publish === undefined || this.#pace.take('', nowMs) > 0) return
      try {
        await this.#publish(this.#next, this.#published)
        this.#next = undefined
        this.#published += 1
      } catch (error) {
        return this.say('warn', `lines of this log wait for the store: ${textOf(error, this.#options.isPublic)}`)
      }
    }
  }
}

/** The framework's own errors are written for clients. */
function textOf(error: unknown, isPublic: boolean): string {
  if (error instanceof MillraceError) return `${error.code}: ${error.message}`
  if (!(error instanceof Error)) return isPublic ? 'something failed that was no Error' : String(error)
  return isPublic ? `${error.name}; its text is in the output of this node` : `${error.name}: ${error.message}`
}
