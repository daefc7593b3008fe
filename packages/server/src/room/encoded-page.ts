import type { Packet } from '../connection/packet.ts'
import type { Entry } from '../ports/event-log.ts'
import { encodeFrame } from './encode-entries.ts'

/**
 * The last page that a member was refilled with, as a frame: members who come back together miss the same, and a packet is
 * written to all of them as it was encoded for the first. Kept no longer than somebody writes it.
 */
export class EncodedPage {
  readonly #room: number
  #first: string | undefined
  #last: string | undefined
  #packet: WeakRef<Packet> | undefined

  /** @param room The room's handle. */
  constructor(room: number) {
    this.#room = room
  }

  /** @param entries Consecutive ones, so that the ids of the first and the last tell which. */
  frameOf(entries: readonly Entry[]): Packet {
    const first = entries[0]?.id
    const last = entries[entries.length - 1]?.id
    const known = first === this.#first && last === this.#last ? this.#packet?.deref() : undefined
    if (known !== undefined) return known
    const packet = encodeFrame(this.#room, entries)
    this.#first = first
    this.#last = last
    this.#packet = new WeakRef(packet)
    return packet
  }
}
