import type { EventLog, LogGap, LogPage, Store } from '@millrace/server'

/** A log whose messages get lost and whose reads fail or take their time. The entries themselves are safe. */
export class LogTrouble {
  /** Reads that nodes began. */
  reads = 0
  #toLose = 0
  #toFail = 0
  #toPass = 0
  #held: (() => void)[] | undefined

  /** The next `count` messages of a subscription reach nobody. */
  lose(count: number): void {
    this.#toLose = count
  }

  /** After `passing` more reads, `count` reads reject. */
  failReads(count: number, passing = 0): void {
    this.#toFail = count
    this.#toPass = passing
  }

  /** Answers of reads wait, from now until `releaseReads`. */
  holdReads(): void {
    this.#held ??= []
  }

  releaseReads(): void {
    const held = this.#held
    this.#held = undefined
    for (const release of held ?? []) release()
  }

  /** Reads whose answer waits. */
  get heldReads(): number {
    return this.#held?.length ?? 0
  }

  wrap(store: Store): Store {
    return { ...store, log: this.#wrapLog(store.log) }
  }

  #wrapLog(log: EventLog): EventLog {
    return {
      ack: log.ack,
      append: (room, append) => log.append(room, append),
      tails: (rooms) => log.tails(rooms),
      trim: (room, through) => log.trim(room, through),
      read: async (room, query) => this.#answer(await this.#read(() => log.read(room, query))),
      subscribe: (room, listener) =>
        log.subscribe(room, {
          entries: (entries) => {
            if (this.#toLose > 0) this.#toLose--
            else listener.entries(entries)
          },
        }),
    }
  }

  #read(read: () => Promise<LogPage | LogGap>): Promise<LogPage | LogGap> {
    this.reads++
    if (this.#toFail === 0 || this.#toPass-- > 0) return read()
    this.#toFail--
    return Promise.reject(new Error('the log could not be read, as the test wished'))
  }

  /** The answer is what it was when the log was asked, however late it comes. */
  async #answer(answer: LogPage | LogGap): Promise<LogPage | LogGap> {
    const held = this.#held
    if (held) await new Promise<void>((resolve) => void held.push(resolve))
    return answer
  }
}
