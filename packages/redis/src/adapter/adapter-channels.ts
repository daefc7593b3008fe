import type { Redis } from 'ioredis'

export type Hear = (channel: string, message: Buffer) => void

/** Channels and patterns that adapters listen to, on whatever connection there is. */
export class AdapterChannels {
  readonly #patterns = new Map<string, Hear>()
  readonly #channels = new Map<string, Hear>()
  /** Has all of them, or gets them. */
  #redis: Redis | undefined
  readonly #onFault: (reason: unknown) => void

  /** @param onFault The connection lacks a subscription. */
  constructor(onFault: (reason: unknown) => void) {
    this.#onFault = onFault
  }

  /** Moves to another connection. Resolves when it has every subscription. */
  async use(redis: Redis): Promise<void> {
    redis.on('pmessageBuffer', (pattern: string, channel: Buffer, message: Buffer) => {
      this.#patterns.get(pattern)?.(channel.toString(), message)
    })
    redis.on('messageBuffer', (channel: Buffer, message: Buffer) => {
      const name = channel.toString()
      this.#channels.get(name)?.(name, message)
    })
    this.#redis = redis
    // Requests first: who hears broadcasts answers requests too.
    if (this.#channels.size > 0) await redis.subscribe(...this.#channels.keys())
    if (this.#patterns.size > 0) await redis.psubscribe(...this.#patterns.keys())
  }

  forget(): void {
    this.#redis = undefined
  }

  addPattern(pattern: string, hear: Hear): void {
    this.#patterns.set(pattern, hear)
    this.#command((redis) => redis.psubscribe(pattern))
  }

  removePattern(pattern: string): void {
    if (this.#patterns.delete(pattern)) this.#command((redis) => redis.punsubscribe(pattern))
  }

  add(names: readonly string[], hear: Hear): void {
    for (const name of names) this.#channels.set(name, hear)
    this.#command((redis) => redis.subscribe(...names))
  }

  remove(names: readonly string[]): void {
    for (const name of names) this.#channels.delete(name)
    this.#command((redis) => redis.unsubscribe(...names))
  }

  #command(send: (redis: Redis) => Promise<unknown>): void {
    const redis = this.#redis
    if (redis === undefined) return
    send(redis).catch((error: unknown) => {
      if (redis === this.#redis) this.#onFault(error)
    })
  }
}
