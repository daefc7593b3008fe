import type { Cancel, Clock } from '@millrace/contract'
import { Fifo } from './fifo.ts'

export interface QueueLimits {
  /** Messages that may wait, and their bytes; the oldest give way. */
  readonly maxWaiting: number
  readonly maxWaitingBytes: number
  /** Messages that are on their way at a time, and their bytes. */
  readonly maxSent: number
  readonly maxSentBytes: number
  /** How long one may wait, ms. */
  readonly maxAgeMs: number
}

/** A second of heavy use; older broadcasts are worth less than the memory. */
const defaultQueueLimits: QueueLimits = {
  maxWaiting: 10_000,
  maxWaitingBytes: 16_000_000,
  maxSent: 1_000,
  maxSentBytes: 4_000_000,
  maxAgeMs: 5_000,
}

/** Rejects where it cannot be known that the message was taken. Undefined where there is no connection. */
export type Send = (channel: string, message: Buffer | string) => Promise<unknown> | undefined

export interface QueueEvents {
  readonly onDrop: (reason: unknown) => void
  /** Redis took a message, and none waits. */
  readonly onDrained: () => void
}

const tooMany = new Error('more messages wait for Redis than may')
const tooLate = new Error('Redis did not take a message within 5 s')

interface Waiting {
  readonly channel: string
  readonly message: Buffer | string
  readonly bytes: number
  readonly sinceMs: number
}

/** Messages on their way to Redis, in order, at most once each, and never more than the limits. */
export class PublishQueue {
  readonly #send: Send
  readonly #clock: Clock
  readonly #limits: QueueLimits
  readonly #events: QueueEvents
  readonly #waiting = new Fifo<Waiting>()
  #waitingBytes = 0
  #sent = 0
  #sentBytes = 0
  #dropped = 0
  #cancel: Cancel | undefined
  #isClosed = false

  constructor(send: Send, clock: Clock, events: QueueEvents, limits: QueueLimits = defaultQueueLimits) {
    this.#send = send
    this.#clock = clock
    this.#limits = limits
    this.#events = events
  }

  get dropped(): number {
    return this.#dropped
  }

  add(channel: string, message: Buffer | string): void {
    if (this.#isClosed) return void this.#dropped++
    const bytes = channel.length + Buffer.byteLength(message)
    if (this.#waiting.size === 0 && this.#trySend(channel, message, bytes)) return
    this.#waiting.push({ channel, message, bytes, sinceMs: this.#clock.monotonic() })
    this.#waitingBytes += bytes
    const { maxWaiting, maxWaitingBytes } = this.#limits
    while (this.#waiting.size > maxWaiting || this.#waitingBytes > maxWaitingBytes) {
      this.#forgetOldest()
      this.#drop(tooMany)
    }
    this.#watchAge()
  }

  /** Sends what may be sent now. To be called where there is a connection again. */
  flush(): void {
    this.#dropStale()
    for (let next = this.#waiting.oldest; next !== undefined; next = this.#waiting.oldest) {
      if (!this.#trySend(next.channel, next.message, next.bytes)) break
      this.#forgetOldest()
    }
  }

  /** Everything that waits is dropped. */
  close(): void {
    this.#isClosed = true
    this.#cancel?.()
    this.#cancel = undefined
    this.#dropped += this.#waiting.size
    this.#waiting.clear()
    this.#waitingBytes = 0
  }

  #trySend(channel: string, message: Buffer | string, bytes: number): boolean {
    const { maxSent, maxSentBytes } = this.#limits
    if (this.#sent >= maxSent || (this.#sent > 0 && this.#sentBytes + bytes > maxSentBytes)) return false
    const answer = this.#send(channel, message)
    if (answer === undefined) return false
    this.#sent++
    this.#sentBytes += bytes
    answer.then(
      () => {
        this.#settle(bytes)
        if (this.#waiting.size === 0) this.#events.onDrained()
      },
      (error: unknown) => {
        this.#drop(error)
        this.#settle(bytes)
      },
    )
    return true
  }

  #settle(bytes: number): void {
    this.#sent--
    this.#sentBytes -= bytes
    if (this.#waiting.size > 0) this.flush()
  }

  #drop(reason: unknown): void {
    this.#dropped++
    this.#events.onDrop(reason)
  }

  #forgetOldest(): void {
    this.#waitingBytes -= this.#waiting.oldest?.bytes ?? 0
    this.#waiting.shift()
  }

  #dropStale(): void {
    const latestMs = this.#clock.monotonic() - this.#limits.maxAgeMs
    while ((this.#waiting.oldest?.sinceMs ?? Infinity) <= latestMs) {
      this.#forgetOldest()
      this.#drop(tooLate)
    }
  }

  /** One timer, for the oldest. */
  #watchAge(): void {
    const { oldest } = this.#waiting
    if (oldest === undefined || this.#cancel !== undefined) return
    const leftMs = oldest.sinceMs + this.#limits.maxAgeMs - this.#clock.monotonic()
    this.#cancel = this.#clock.after(Math.max(0, leftMs), () => {
      this.#cancel = undefined
      this.#dropStale()
      this.#watchAge()
    })
  }
}
