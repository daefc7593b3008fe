import { createHash } from 'node:crypto'
import type { Contender } from '../contenders/contender.ts'
import { chartKeys } from '../chart-keys.ts'
import { roomKind } from '../contenders/room-kind.ts'
import { heavyText } from '../heavy-text.ts'
import { monotonicMicros, payload, quote, type Payload, type Quote } from '../payload.ts'

export interface StreamRun {
  readonly room: string
  readonly updates: number
  readonly perSecond: number
  /** Of so many keys in turn a new value; in the rooms of quotes and charts only. */
  readonly keys?: number
  /** Length of each text, which then is another one each time. Absent: the usual one. */
  readonly textBytes?: number
}

export interface Streamed {
  /** The newest value of each key. */
  readonly newest: Readonly<Record<string, number>>
  /** SHA-1 of all texts in their order, in hex. Empty where every text is the same. */
  readonly digest: string
}

/** How often a source has something new, ms. */
const turnMs = 1

/** Publishes at a pace of its own, as a feed does that waits for nobody. */
export class Streams {
  readonly #contender: Contender
  readonly #lastSeqs = new Map<string, number>()

  constructor(contender: Contender) {
    this.#contender = contender
  }

  /** Resolves when everything has been handed to the contender. */
  run(run: StreamRun): Promise<Streamed> {
    const { room, updates, perSecond } = run
    const startedAt = monotonicMicros()
    // A late source catches up twice as fast as it should go and no faster, so that a busy server is not asked for more in a
    // turn the later it is.
    const mostPerTurn = Math.max(1, Math.ceil((2 * perSecond * turnMs) / 1_000))
    const publish = this.#publisherOf(run)
    let published = 0
    return new Promise((resolve, reject) => {
      const turn = (): void => {
        try {
          const due = Math.min(updates, Math.floor(((monotonicMicros() - startedAt) / 1e6) * perSecond) + 1)
          const until = Math.min(due, published + mostPerTurn)
          while (published < until) {
            published++
            publish.next(this.#nextSeq(room))
          }
        } catch (error) {
          return reject(error as Error)
        }
        if (published === updates) resolve(publish.done())
        else setTimeout(turn, turnMs)
      }
      turn()
    })
  }

  #nextSeq(room: string): number {
    const seq = (this.#lastSeqs.get(room) ?? 0) + 1
    this.#lastSeqs.set(room, seq)
    return seq
  }

  #publisherOf({ room, keys, textBytes }: StreamRun): Publisher {
    if (keys !== undefined) return quotePublisher(this.#contender, room, keys)
    if (textBytes !== undefined) return new HeavyPublisher(this.#contender, room, textBytes)
    return {
      next: (seq) => this.#contender.publish(room, payload(seq)),
      done: () => ({ newest: {}, digest: '' }),
    }
  }
}

interface Publisher {
  next(seq: number): void
  done(): Streamed
}

function quotePublisher(contender: Contender, room: string, keys: number): Publisher {
  if (roomKind(room) === 'board') return new QuotePublisher(keys, quote, (next) => contender.quote(next))
  const { charts } = contender
  if (charts === undefined) throw new Error('this contender has no charts')
  // Its points tell no sequence number, so that the value is one.
  return new QuotePublisher(
    keys,
    (seq, key) => ({ ...quote(seq, key), value: seq }),
    (next) => charts.append(next),
  )
}

class QuotePublisher implements Publisher {
  readonly #keys: readonly string[]
  readonly #make: (seq: number, key: string) => Quote
  readonly #send: (quote: Quote) => void
  readonly #newest: Record<string, number> = {}

  constructor(keys: number, make: (seq: number, key: string) => Quote, send: (quote: Quote) => void) {
    this.#keys = chartKeys(keys)
    this.#make = make
    this.#send = send
  }

  next(seq: number): void {
    const next = this.#make(seq, this.#keys[seq % this.#keys.length] ?? '')
    this.#newest[next.key] = next.value
    this.#send(next)
  }

  done(): Streamed {
    return { newest: this.#newest, digest: '' }
  }
}

class HeavyPublisher implements Publisher {
  readonly #contender: Contender
  readonly #room: string
  readonly #textBytes: number
  readonly #hash = createHash('sha1')

  constructor(contender: Contender, room: string, textBytes: number) {
    this.#contender = contender
    this.#room = room
    this.#textBytes = textBytes
  }

  next(seq: number): void {
    const heavy: Payload = { ...payload(seq), text: heavyText(seq, this.#textBytes) }
    this.#hash.update(heavy.text)
    this.#contender.publish(this.#room, heavy)
  }

  done(): Streamed {
    return { newest: {}, digest: this.#hash.digest('hex') }
  }
}
