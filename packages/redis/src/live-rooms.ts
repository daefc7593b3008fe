import type { Fanouts, Opening, Subscription } from '@millrace/server'
import { jointSubscription } from './joint-subscription.ts'
import type { Channels } from './channels.ts'
import type { DeliveryGate } from './delivery-gate.ts'
import type { KeyNames } from './key-names.ts'
import type { Skips } from './skips.ts'
import type { StoreParts } from './store-parts.ts'

/** What a message on a room's channel is about: its first character. */
export type LiveKind = 'e' | 's' | 'n' | 't'

/** Takes a message without its first character. False: it is none of ours. */
export type TakeLive = (room: string, body: Buffer) => boolean

/** The channels of rooms and of series. One subscription of a room serves log, keyed state and presence. */
export class LiveRooms {
  readonly #channels: Channels
  readonly #names: KeyNames
  readonly #opening: Opening
  readonly #skips: Skips
  readonly #gate: Pick<DeliveryGate, 'isOpen' | 'keep'>
  readonly #takers = new Map<string, TakeLive>()

  constructor(
    channels: Channels,
    { names, opening, skips }: Pick<StoreParts, 'names' | 'opening' | 'skips'>,
    gate: Pick<DeliveryGate, 'isOpen' | 'keep'>,
  ) {
    this.#channels = channels
    this.#names = names
    this.#opening = opening
    this.#skips = skips
    this.#gate = gate
  }

  on(kind: LiveKind, take: TakeLive): void {
    this.#takers.set(kind, take)
  }

  async subscribe<T>(fanouts: Fanouts<T>, room: string, receive: (message: T) => void): Promise<Subscription> {
    const local = this.#opening.subscribe(fanouts, room, receive)
    const holding = this.#channels.hold(this.#names.live(room), (message, nowMs) => {
      if (this.#gate.isOpen(nowMs)) this.#receive(room, message)
      else this.#gate.keep(message.length, () => this.#receive(room, message))
    })
    return jointSubscription(local, holding)
  }

  #receive(room: string, message: Buffer): void {
    const take = this.#takers.get(message.toString('latin1', 0, 1))
    if (take === undefined || !take(room, message.subarray(1))) this.#skips.add()
  }
}
