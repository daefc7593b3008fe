import type { AdapterChannels } from './adapter-channels.ts'
import { globText } from './glob-text.ts'
import type { PublishQueue } from './publish-queue.ts'

/** A message for `listener` arrived. */
export type Deliver = (listener: AdapterListener, channel: string, message: Buffer) => void

/** `(pattern, channel, message)` or `(channel, message)`; some answer a promise. */
export type AdapterListener = (...args: unknown[]) => unknown

/** All that `RedisAdapter` needs of an ioredis client that publishes. */
export class PublishingClient {
  readonly #queue: PublishQueue

  constructor(queue: PublishQueue) {
    this.#queue = queue
  }

  /** @param message Undefined where it could not be encoded. */
  publish(channel: string, message: Buffer | string | undefined): void {
    if (message !== undefined) this.#queue.add(channel, message)
  }

  /** Errors go to `onError`, not to the adapter. */
  on(): void {}

  off(): void {}
}

/** All that one `RedisAdapter` needs of an ioredis client that listens. It hears nothing of other namespaces. */
export class ListeningClient {
  readonly #channels: AdapterChannels
  readonly #deliver: { readonly broadcast: Deliver; readonly control: Deliver }
  readonly #listeners = new Map<string, AdapterListener>()

  constructor(channels: AdapterChannels, deliver: { readonly broadcast: Deliver; readonly control: Deliver }) {
    this.#channels = channels
    this.#deliver = deliver
  }

  psubscribe(pattern: string): void {
    this.#channels.addPattern(escaped(pattern), (channel, message) => {
      const listener = this.#listeners.get('pmessageBuffer')
      if (listener) this.#deliver.broadcast((...args) => listener(pattern, ...args), channel, message)
    })
  }

  subscribe(names: readonly string[]): void {
    this.#channels.add(names, (channel, message) => {
      const listener = this.#listeners.get('messageBuffer')
      if (listener) this.#deliver.control(listener, channel, message)
    })
  }

  punsubscribe(pattern: string): void {
    this.#channels.removePattern(escaped(pattern))
  }

  unsubscribe(names: readonly string[]): void {
    this.#channels.remove(names)
  }

  on(event: string, listener: AdapterListener): void {
    this.#listeners.set(event, listener)
  }

  off(event: string): void {
    this.#listeners.delete(event)
  }
}

/** The adapter does not escape what a namespace's name may hold. */
function escaped(pattern: string): string {
  return `${globText(pattern.slice(0, -1))}*`
}
