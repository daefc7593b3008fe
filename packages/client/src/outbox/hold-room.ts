import { fail, type PresenceStateInput, type SnapshotOutput } from '@millrace/contract'
import type { RoomClient } from '../room-client.ts'
import type { Room } from '../room.ts'

export interface HoldJoin<R> {
  /** For rooms with presence. */
  readonly presence?: PresenceStateInput<R>
}

/** The same for any room. */
export interface AnyJoin {
  readonly presence?: unknown
}

/** The answer to the join that the holders of a room share. */
export interface HeldRoom<R> {
  readonly snapshot: SnapshotOutput<R>
  readonly recovered: boolean
}

export interface Hold<R> {
  /** Rejects with a MillraceError as `join()` does; nobody has to listen. */
  readonly joined: Promise<HeldRoom<R>>
  /** Calling it again does nothing. */
  release(): void
}

/** Who keeps a room joined. */
class Holders {
  readonly #room: Room
  /** Whether the application joined by itself; then it also leaves by itself. */
  #isForeign: boolean
  #watching = 0
  #silent = 0
  #answer: Promise<HeldRoom<unknown>>
  #isAnswered = false
  /** Whether nobody watched when it was joined. */
  #isSilentJoin = false

  constructor(room: Room) {
    this.#room = room
    this.#isForeign = room.session.isWanted
    this.#answer = this.#isForeign
      ? this.#await(room.session.join())
      : Promise.reject(fail('DISCONNECTED', 'not joined'))
    this.#answer.catch(() => {})
  }

  add(join: AnyJoin | undefined, isSilent: boolean): Promise<HeldRoom<unknown>> {
    const isIn = this.#room.session.isWanted
    // Whoever begins to watch starts from a snapshot of now: nobody noted what came while nobody watched.
    const isFirst = !isSilent && this.#watching === 0
    const isStale = isIn && isFirst && !this.#isForeign && (this.#isAnswered || this.#isSilentJoin)
    if (isSilent) this.#silent += 1
    else this.#watching += 1
    if (isStale) void this.#room.leave()
    if (isStale || !isIn) {
      this.#isForeign = false
      this.#isSilentJoin = isSilent
      this.#answer = this.#await(this.#room.join(join))
    }
    return this.#newest()
  }

  remove(isSilent: boolean): void {
    if (isSilent) this.#silent -= 1
    else this.#watching -= 1
    queueMicrotask(() => {
      if (this.#watching + this.#silent > 0 || holders.get(this.#room) !== this) return
      holders.delete(this.#room)
      if (!this.#isForeign) void this.#room.leave()
    })
  }

  #await(join: Promise<unknown>): Promise<HeldRoom<unknown>> {
    this.#isAnswered = false
    const answer = join as Promise<HeldRoom<unknown>>
    const answered = () => {
      if (answer === this.#answer) this.#isAnswered = true
    }
    answer.then(answered, answered)
    return answer
  }

  /** A join that another one replaced has the answer of that one. */
  async #newest(): Promise<HeldRoom<unknown>> {
    for (;;) {
      const answer = this.#answer
      try {
        return await answer
      } catch (thrown) {
        if (answer === this.#answer) throw thrown
      }
    }
  }
}

const holders = new WeakMap<Room, Holders>()

/**
 * Keeps a room joined as long as anybody holds it: the first holder joins, the last one leaves, a microtask after its
 * `release()`, so that who lets go and takes hold again in one turn stays in the room. The first holder's presence counts;
 * `room.presence.set` changes it. A room that the application joined by itself is not left. After the server put the
 * client out, the next holder joins again.
 */
export function holdRoom<R>(room: RoomClient<R>, join?: HoldJoin<R>): Hold<R> {
  return hold(room as unknown as Room, join, false) as Hold<R>
}

/**
 * The same for who only sends requests and looks at nothing: the first `holdRoom` after it joins afresh, with a snapshot
 * and a presence of its own.
 */
export function hold(room: Room, join: AnyJoin | undefined, isSilent: boolean): Hold<unknown> {
  const known = holders.get(room) ?? new Holders(room)
  holders.set(room, known)
  const joined = known.add(join, isSilent)
  joined.catch(() => {})
  let isHeld = true
  return {
    joined,
    release() {
      if (isHeld) known.remove(isSilent)
      isHeld = false
    },
  }
}
