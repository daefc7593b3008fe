import type { Fanouts, Subscription } from '@millrace/server'

/** A room of which less was heard than was said, as it seems. */
export interface Suspect {
  readonly room: string
  /** Nothing was heard of it since. What is heard shows a hole by itself. */
  isStill(): boolean
  /** Delivers what was missed. */
  repair(): Promise<void>
}

export interface HeardTailsOptions<Tail> {
  /** Who listens to which rooms. */
  readonly listeners: Pick<Fanouts<never>, 'subjects' | 'has'>
  /** What was said last in each room, asked in one turn. */
  readonly tails: (rooms: readonly string[]) => Promise<readonly Tail[]>
  readonly isSame: (a: Tail, b: Tail) => boolean
  readonly repair: (room: string, heard: Tail, tail: Tail) => Promise<void>
}

interface Heard<Tail> {
  tail: Tail
  /** A hole was noticed and not yet repaired. */
  isDoubtful: boolean
}

/** Rooms that are asked about at a time, so that what members publish comes between. */
const width = 1_000

/** What was heard last of each room. A lost last message has no successor that would tell of it; comparing with Redis does. */
export class HeardTails<Tail> {
  readonly #options: HeardTailsOptions<Tail>
  readonly #heard = new Map<string, Heard<Tail>>()

  constructor(options: HeardTailsOptions<Tail>) {
    this.#options = options
  }

  of(room: string): Tail | undefined {
    return this.#heard.get(room)?.tail
  }

  heard(room: string, tail: Tail): void {
    const heard = this.#heard.get(room)
    if (heard === undefined) this.#heard.set(room, { tail, isDoubtful: false })
    else heard.tail = tail
  }

  /** Repairs a hole that a message showed. Where that fails, the room stays suspect whatever is heard. */
  async hole(room: string): Promise<void> {
    const heard = this.#heard.get(room)
    if (heard !== undefined) await this.#repair(room, heard, heard.tail)
  }

  /** `subscription`, and from now on it is noticed what it misses. @param tail What was said last, asked after it began. */
  async watch(room: string, subscription: Subscription, tail: Promise<Tail>): Promise<Subscription> {
    const close = async (): Promise<void> => {
      await subscription.close()
      if (!this.#options.listeners.has(room)) this.#heard.delete(room)
    }
    try {
      const first = await tail
      if (!this.#heard.has(room)) this.heard(room, first)
    } catch (error) {
      await close()
      throw error
    }
    return { close }
  }

  async suspects(): Promise<readonly Suspect[]> {
    const rooms = this.#options.listeners.subjects
    const found: Suspect[] = []
    for (let index = 0; index < rooms.length; index += width) {
      found.push(...(await this.#suspectsAmong(rooms.slice(index, index + width))))
    }
    return found
  }

  async #suspectsAmong(rooms: readonly string[]): Promise<readonly Suspect[]> {
    const { tails, isSame } = this.#options
    const asked = rooms.flatMap((room) => {
      const heard = this.#heard.get(room)
      return heard === undefined ? [] : [{ room, heard, before: heard.tail }]
    })
    const said = await tails(asked.map(({ room }) => room))
    return asked.flatMap(({ room, heard, before }, index) => {
      const tail = said[index]
      const isStill = (): boolean => this.#heard.get(room) === heard && (heard.isDoubtful || heard.tail === before)
      if (tail === undefined || !isStill() || (!heard.isDoubtful && isSame(before, tail))) return []
      return [{ room, isStill, repair: () => this.#repair(room, heard, tail) }]
    })
  }

  async #repair(room: string, heard: Heard<Tail>, tail: Tail): Promise<void> {
    if (this.#heard.get(room) !== heard) return
    const before = heard.tail
    heard.isDoubtful = false
    try {
      await this.#options.repair(room, before, tail)
    } catch (error) {
      heard.isDoubtful = true
      throw error
    }
    if (heard.tail === before) heard.tail = tail
  }
}
