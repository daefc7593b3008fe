import type { Packet } from '../connection/packet.ts'
import type { Entry } from '../ports/event-log.ts'
import { encodeFrames } from './encode-entries.ts'

/**
 * The last page that a member was refilled with, as frames: members who come back together miss the same, and a packet is
 * written to all of them as it was encoded for the first. Kept no longer than somebody writes it.
 */
export class EncodedPage {
  readonly #room: number
  #first: string | undefined
  #last: string | undefined
  #packets: WeakRef<readonly Packet[]> | undefined

  /** @param room The room's handle. */
  constructor(room: number) {
    this.#room = room
  }

  /** @param entries Consecutive ones, so that the ids of the first and the last tell which. */
  framesOf(entries: readonly Entry[]): readonly Packet[] {
    const first = entries[0]?.id
    const last = entries[entries.length - 1]?.id
    const known = first === this.#first && last === this.#last ? this.#packets?.deref() : undefined
    if (known !== undefined) return known
    const packets = encodeFrames(this.#room, entries)
    this.#first = first
    this.#last = last
    this.#packets = new WeakRef(packets)
    return packets
  }
}
