import type { Position } from '@millrace/contract'
import type { Peer } from '../connection/peer.ts'
import { SerialQueue } from '../pipeline/serial-queue.ts'
import type { Room } from './room.ts'
import type { Told } from './state-values.ts'

/** One connection in one room. */
export class Member {
  readonly room: Room
  readonly peer: Peer
  /** Where a member that is not live stands. A live one stands at the room's flushed top. */
  position: Position
  /** Live members get what is flushed; the others are refilled from ring or log until they reach the top. */
  isLive = false
  /** How far it was told of keyed state; undefined: as far as everybody. */
  toldState: Told | undefined
  /** It was not told of all changes of presence. */
  isPresenceDue = false
  /** `tellNewest` is under way. */
  isTelling = false
  /** It left, was kicked, or joined anew. */
  isGone = false
  /** JSON of the presence state; undefined in rooms without presence. */
  presence: string | undefined
  /** Counts the changes of presence that were asked for. */
  presenceAsked = 0
  /** The last of them that was taken. */
  presenceTaken = 0
  /** Counts the joins of its connection in the order in which they came. */
  readonly order: number
  #queue: SerialQueue | undefined

  constructor(room: Room, peer: Peer, position: Position, presence: string | undefined, order: number) {
    this.room = room
    this.peer = peer
    this.position = position
    this.presence = presence
    this.order = order
  }

  /** Requests to the room run in the order in which they came. Made on first use: most members only listen. */
  get queue(): SerialQueue {
    this.#queue ??= new SerialQueue()
    return this.#queue
  }

  /** It left or was kicked: what waits must not run any more. */
  closeQueue(): void {
    this.#queue?.close()
  }

  /** Joined anew on the same connection: requests stay in the order in which they came. */
  replace(known: Member): void {
    this.#queue = known.#queue
  }
}
