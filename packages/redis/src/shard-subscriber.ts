import type { Random } from '@millrace/contract'
import { ReplyError, type Redis } from 'ioredis'
import { messageOf } from './command-fault.ts'
import { SubscriberLife, type LifeParts } from './subscriber-life.ts'
import { Timers } from './timers.ts'

export interface ShardParts extends Pick<LifeParts, 'clock' | 'timing' | 'receive' | 'probe'> {
  readonly open: () => Redis
  /** A channel that lives on this shard now. */
  readonly probeChannel: () => string
  /** Every channel is listened to again, and what was said meanwhile was missed. */
  readonly onRenewed: () => void
  /** The shard may not be where it was. */
  readonly onDoubt: () => void
  readonly onError: (error: unknown) => void
  readonly random: Random
  /** How long a new subscription may wait for a connection, ms. */
  readonly waitMs: number
}

/** Between two connections, ms; the pauses double from the first to the second. */
const pausesMs = [50, 1_000] as const

/** After Redis refused a channel, ms. */
const refusedMs = 1_000

/** Channels that are subscribed to at a time, so that each is answered within its timeout. */
const width = 1_000

/** What this node hears of one shard: one connection after the other, each with all of the channels. */
export class ShardSubscriber {
  readonly #parts: ShardParts
  readonly #channels = new Set<string>()
  /** Channels that Redis refused to subscribe again. */
  readonly #refused = new Set<string>()
  readonly #timers: Timers
  #isRefusedDue = false
  #waiting: (() => void)[] = []
  #opening: SubscriberLife | undefined
  #life: SubscriberLife | undefined
  #failure: unknown = new Error('Redis takes too long to open a connection')
  #isClosed = false

  constructor(parts: ShardParts) {
    this.#parts = parts
    this.#timers = new Timers(parts.clock)
    void this.#run()
  }

  /** Whether everything that is said on its channels arrives. */
  isHealthy(nowMs: number): boolean {
    return this.#life?.isHealthy(nowMs) === true && this.#refused.size === 0
  }

  /** Resolves once the channel is listened to. It stays so on later connections, until it is removed. */
  async add(channel: string): Promise<void> {
    this.#channels.add(channel)
    await (await this.untilAlive(this.#parts.waitMs)).subscribe(channel)
  }

  /** @throws Error What the last connection failed with. */
  async untilAlive(waitMs: number): Promise<SubscriberLife> {
    if (this.#life === undefined) await this.#nextLife(waitMs)
    if (this.#life === undefined) throw this.#failure
    return this.#life
  }

  async remove(channel: string): Promise<void> {
    this.forget(channel)
    await this.#life?.unsubscribe(channel)
  }

  /** As `add`, for a channel that another shard delivered. Where there is no connection, the next one will have it. */
  async adopt(channel: string): Promise<void> {
    this.#channels.add(channel)
    await this.renew(channel)
  }

  /** For a channel that another shard delivers now; Redis has ended the subscription. */
  forget(channel: string): void {
    this.#channels.delete(channel)
    this.#refused.delete(channel)
  }

  /** For a channel of which nobody knows whether Redis still delivers it. */
  async renew(channel: string): Promise<void> {
    if (this.#life !== undefined && this.#channels.has(channel)) await this.#subscribeAgain(this.#life, channel)
  }

  close(): void {
    this.#isClosed = true
    this.#timers.close()
    this.#opening?.close()
    this.#wake()
  }

  async #run(): Promise<void> {
    const { clock, random, onDoubt } = this.#parts
    for (let failures = 0; !this.#isClosed; failures++) {
      const beganMs = clock.monotonic()
      if (await this.#live()) failures = 0
      if (this.#isClosed) return
      onDoubt()
      if (clock.monotonic() - beganMs >= pausesMs[1]) continue
      const pauseMs = Math.min(pausesMs[1], pausesMs[0] * 2 ** Math.min(failures, 10))
      await this.#timers.pause(pauseMs * (0.5 + random.fraction() / 2))
    }
  }

  /** One connection until its end. @returns Whether it ever delivered. */
  async #live(): Promise<boolean> {
    const { open, probeChannel, onRenewed, onError, ...rest } = this.#parts
    const life = new SubscriberLife({ ...rest, client: open(), probeChannel: probeChannel() })
    this.#opening = life
    try {
      await life.begin()
      // What was refused before may be allowed now.
      this.#refused.clear()
      await this.#subscribeAll(life)
      this.#life = life
      life.watch()
      this.#wake()
      onRenewed()
      this.#failure = await life.ended
      if (!this.#isClosed) onError(this.#failure)
      return true
    } catch (error) {
      this.#failure = life.reason ?? error
      if (!this.#isClosed) onError(this.#failure)
      return false
    } finally {
      this.#life = undefined
      life.close()
    }
  }

  /** Also what is added meanwhile. */
  async #subscribeAll(life: SubscriberLife): Promise<void> {
    const done = new Set<string>()
    for (;;) {
      const channels = [...this.#channels].filter((channel) => !done.has(channel)).slice(0, width)
      if (channels.length === 0) return
      await Promise.all(channels.map((channel) => this.#subscribeAgain(life, channel)))
      if (life.reason !== undefined) throw life.reason
      for (const channel of channels) done.add(channel)
    }
  }

  /** What Redis refuses is tried again later; a connection that fails is replaced with all of its channels. */
  async #subscribeAgain(life: SubscriberLife, channel: string): Promise<void> {
    try {
      await life.subscribe(channel)
      this.#refused.delete(channel)
      if (!this.#channels.has(channel)) await life.unsubscribe(channel)
    } catch (error) {
      if (error instanceof ReplyError) this.#refuse(channel, error)
      else life.fail(error)
    }
  }

  #refuse(channel: string, error: unknown): void {
    if (!this.#channels.has(channel)) return
    if (messageOf(error).startsWith('MOVED')) this.#parts.onDoubt()
    if (this.#refused.size === 0) this.#parts.onError(error)
    this.#refused.add(channel)
    this.#laterRefused()
  }

  #laterRefused(): void {
    if (this.#isRefusedDue) return
    this.#isRefusedDue = true
    this.#timers.after(refusedMs, () => void this.#subscribeRefused())
  }

  async #subscribeRefused(): Promise<void> {
    const life = this.#life
    const channels = [...this.#refused]
    if (life !== undefined) await Promise.all(channels.map((channel) => this.#subscribeAgain(life, channel)))
    this.#isRefusedDue = false
    if (this.#refused.size > 0) this.#laterRefused()
    if (this.#refused.size < channels.length) this.#parts.onRenewed()
  }

  #nextLife(waitMs: number): Promise<void> {
    return new Promise((resolve) => {
      const cancel = this.#timers.after(waitMs, resolve)
      this.#waiting.push(() => {
        cancel()
        resolve()
      })
    })
  }

  #wake(): void {
    const waiting = this.#waiting
    this.#waiting = []
    for (const resolve of waiting) resolve()
  }
}
