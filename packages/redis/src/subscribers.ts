import type { Random } from '@millrace/contract'
import type { KeyNames } from './key-names.ts'
import { ShardSubscriber, type ShardParts } from './shard-subscriber.ts'
import type { Shards } from './shards.ts'

export interface SubscribersParts extends Omit<ShardParts, 'open' | 'probeChannel' | 'onDoubt'> {
  readonly shards: Shards
  readonly names: KeyNames
  readonly random: Random
}

/** A shard with a single slot is found within so many names. */
const maxNames = 200_000

/** Every subscription of this node, each on the shard that delivers it. */
export class Subscribers {
  readonly #parts: SubscribersParts
  /** Tells this node's probes from those of others. */
  readonly #id: string
  readonly #byShard = new Map<string, ShardSubscriber>()
  readonly #shardOf = new Map<string, string>()
  #isClosed = false

  constructor(parts: SubscribersParts) {
    this.#parts = parts
    this.#id = parts.random.id()
    for (const shard of parts.shards.list()) this.#open(shard)
    parts.shards.onChange(() => this.#follow())
  }

  isHealthy(nowMs: number): boolean {
    for (const subscriber of this.#byShard.values()) if (!subscriber.isHealthy(nowMs)) return false
    return this.#byShard.size > 0
  }

  /** Resolves once every shard delivers. @throws Error What a connection failed with. */
  async open(waitMs: number): Promise<void> {
    await Promise.all([...this.#byShard.values()].map((subscriber) => subscriber.untilAlive(waitMs)))
  }

  async subscribe(channel: string): Promise<void> {
    const shard = this.#parts.shards.of(channel)
    const subscriber = this.#subscriber(shard)
    this.#shardOf.set(channel, shard)
    try {
      await subscriber.add(channel)
    } catch (error) {
      subscriber.forget(channel)
      this.#shardOf.delete(channel)
      throw error
    }
  }

  async unsubscribe(channel: string): Promise<void> {
    const subscriber = this.#byShard.get(this.#shardOf.get(channel) ?? '')
    this.#shardOf.delete(channel)
    await subscriber?.remove(channel)
  }

  /** For a channel of which nobody knows whether Redis still delivers it. */
  async renew(channel: string): Promise<void> {
    await this.#byShard.get(this.#shardOf.get(channel) ?? '')?.renew(channel)
  }

  close(): void {
    this.#isClosed = true
    for (const subscriber of this.#byShard.values()) subscriber.close()
  }

  #subscriber(shard: string): ShardSubscriber {
    return this.#byShard.get(shard) ?? this.#open(shard)
  }

  #open(shard: string): ShardSubscriber {
    const { shards, ...rest } = this.#parts
    const subscriber = new ShardSubscriber({
      ...rest,
      open: () => shards.open(shard),
      probeChannel: () => this.#probeChannel(shard),
      onDoubt: () => shards.refresh(),
    })
    this.#byShard.set(shard, subscriber)
    return subscriber
  }

  #probeChannel(shard: string): string {
    const { names, shards } = this.#parts
    for (let index = 0; index < maxNames; index++) {
      const name = names.probe(this.#id, index)
      if (shards.of(name) === shard) return name
    }
    return names.probe(this.#id, 0)
  }

  /** Masters come and go, and slots move between them. */
  #follow(): void {
    if (this.#isClosed) return
    const { shards } = this.#parts
    const current = new Set(shards.list())
    if (current.size === 0) return
    for (const shard of current) this.#subscriber(shard)
    const moved = [...this.#shardOf].filter(([channel, shard]) => shards.of(channel) !== shard)
    void this.#move(moved)
    for (const [shard, subscriber] of this.#byShard) {
      if (current.has(shard)) continue
      this.#byShard.delete(shard)
      subscriber.close()
    }
  }

  async #move(moved: readonly (readonly [channel: string, shard: string])[]): Promise<void> {
    if (moved.length === 0) return
    const { shards, onRenewed } = this.#parts
    const adoptions = moved.map(([channel, before]) => {
      const shard = shards.of(channel)
      this.#shardOf.set(channel, shard)
      this.#byShard.get(before)?.forget(channel)
      return this.#subscriber(shard).adopt(channel)
    })
    await Promise.all(adoptions)
    onRenewed()
  }
}
