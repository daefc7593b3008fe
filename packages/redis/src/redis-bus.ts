import { Fanouts, type Bus, type BusMessage, type Subscription } from '@millrace/server'
import { jointSubscription } from './joint-subscription.ts'
import { decodeBusMessage, encodeBusMessage } from './bus-text.ts'
import type { Channels } from './channels.ts'
import type { StoreParts } from './store-parts.ts'

/** Messages and their bytes that may be on their way to Redis; more are dropped, as the bus may. */
const maxUnderWay = 10_000
const maxUnderWayBytes = 16_000_000

/** This node hears its own messages at once, whether or not Redis answers; the others hear them from Redis. */
export class RedisBus implements Bus {
  readonly #parts: StoreParts
  readonly #channels: Channels
  /** Tells this node's own messages apart when they come back. */
  readonly #node: string
  readonly #subscribers = new Fanouts<BusMessage>()
  #underWay = 0
  #underWayBytes = 0

  constructor(parts: StoreParts, channels: Channels) {
    this.#parts = parts
    this.#channels = channels
    this.#node = parts.random.id()
  }

  publish(subject: string, message: BusMessage): void {
    const { opening, commands, names } = this.#parts
    if (!opening.isOpen) return
    this.#subscribers.send(subject, message)
    if (!commands.isReady || this.#underWay >= maxUnderWay) return
    const text = encodeBusMessage(this.#node, message)
    if (this.#underWay > 0 && this.#underWayBytes + text.length > maxUnderWayBytes) return
    this.#underWay++
    this.#underWayBytes += text.length
    const end = (): void => {
      this.#underWay--
      this.#underWayBytes -= text.length
    }
    // At most once: what Redis did not take is gone, and the next message says no less.
    commands.client.spublish(names.bus(subject), text).then(end, end)
  }

  async subscribe(subject: string, listener: (message: BusMessage) => void): Promise<Subscription> {
    const { opening, names } = this.#parts
    const local = opening.subscribe(this.#subscribers, subject, listener)
    const holding = this.#channels.hold(names.bus(subject), (text) => this.#receive(subject, text))
    return jointSubscription(local, holding)
  }

  #receive(subject: string, text: Buffer): void {
    const decoded = decodeBusMessage(text)
    if (decoded === undefined) this.#parts.skips.add()
    else if (decoded.node !== this.#node) this.#subscribers.send(subject, decoded.message)
  }
}
