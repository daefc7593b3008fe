import { fail } from '@millrace/contract'
import type { StoreContext, Subscription } from '@millrace/server'
import { messageOf } from './command-fault.ts'
import type { Commands } from './commands.ts'
import type { Subscribers } from './subscribers.ts'

/** @param nowMs Monotonic. */
export type ReceiveMessage = (message: Buffer, nowMs: number) => void

interface Channel {
  readonly receive: ReceiveMessage
  holders: number
  isSubscribed: boolean
  /** Subscribing and unsubscribing take turns. */
  turn: Promise<void>
}

/** What begins a probe instead of a message. */
const probeMark = 'p'

/** Sharded channels that something here listens to: one subscription each, however many holders. */
export class Channels {
  readonly #subscribers: Pick<Subscribers, 'subscribe' | 'unsubscribe'>
  readonly #commands: Commands
  readonly #context: Pick<StoreContext, 'random' | 'onError'>
  readonly #channels = new Map<string, Channel>()
  readonly #probes = new Map<string, () => void>()

  constructor(
    subscribers: Pick<Subscribers, 'subscribe' | 'unsubscribe'>,
    commands: Commands,
    context: Pick<StoreContext, 'random' | 'onError'>,
  ) {
    this.#subscribers = subscribers
    this.#commands = commands
    this.#context = context
  }

  /**
   * Resolves once every later message reaches `receive`. A name means one thing: of several holders, the first one's `receive`
   * is called.
   *
   * @throws MillraceError `UNAVAILABLE`
   */
  async hold(name: string, receive: ReceiveMessage): Promise<Subscription> {
    let channel = this.#channels.get(name)
    if (channel === undefined) {
      channel = { receive, holders: 0, isSubscribed: false, turn: Promise.resolve() }
      this.#channels.set(name, channel)
    }
    channel.holders++
    let isHeld = true
    const release = (): boolean => {
      const wasHeld = isHeld
      if (isHeld) channel.holders--
      isHeld = false
      return wasHeld
    }
    try {
      await this.#settle(name, channel)
    } catch (error) {
      release()
      this.#forget(name, channel)
      throw fail('UNAVAILABLE', `Redis did not confirm a subscription (${messageOf(error)}); retry later`, {
        cause: error,
      })
    }
    return {
      close: async () => {
        if (!release()) return
        await this.#settle(name, channel).catch(this.#context.onError)
        this.#forget(name, channel)
      },
    }
  }

  /** Resolves when every channel has heard a message that was sent after this call began. */
  async probe(): Promise<void> {
    await Promise.all(
      [...this.#channels].flatMap(([name, { isSubscribed }]) => (isSubscribed ? [this.#probe(name)] : [])),
    )
  }

  async #probe(name: string): Promise<void> {
    const nonce = this.#context.random.id()
    const arrived = new Promise<void>((resolve) => this.#probes.set(nonce, resolve))
    try {
      await this.#commands.call('spublish', [name, probeMark + nonce], 'read')
      await arrived
    } finally {
      this.#probes.delete(nonce)
    }
  }

  #settle(name: string, channel: Channel): Promise<void> {
    const settled = channel.turn.then(() => this.#follow(name, channel))
    channel.turn = settled.catch(() => undefined)
    return settled
  }

  /** Makes the subscription what the listeners need now. */
  async #follow(name: string, channel: Channel): Promise<void> {
    const isNeeded = channel.holders > 0
    if (isNeeded === channel.isSubscribed) return
    channel.isSubscribed = false
    if (!isNeeded) return this.#subscribers.unsubscribe(name)
    await this.#subscribers.subscribe(name)
    channel.isSubscribed = true
  }

  #forget(name: string, channel: Channel): void {
    if (channel.holders === 0 && !channel.isSubscribed && this.#channels.get(name) === channel)
      this.#channels.delete(name)
  }

  receive(name: string, message: Buffer, nowMs: number): void {
    const channel = this.#channels.get(name)
    if (channel === undefined) return
    if (message.length > 0 && message.toString('latin1', 0, 1) === probeMark)
      return this.#probes.get(message.toString('latin1', 1))?.()
    if (channel.holders > 0) channel.receive(message, nowMs)
  }
}
