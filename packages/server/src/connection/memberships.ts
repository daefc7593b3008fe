import type { Member } from '../room/member.ts'

const none: readonly Member[] = []

/** The rooms of one peer, by handle. A list and not a map: nearly all peers are in a few rooms, and a map takes four times the memory. */
export class Memberships {
  #all = none
  /** How many they are: asked for each member of each flush. */
  #size = 0

  get size(): number {
    return this.#size
  }

  get(handle: number): Member | undefined {
    for (const member of this.#all) if (member.room.handle === handle) return member
    return undefined
  }

  has(handle: number): boolean {
    return this.get(handle) !== undefined
  }

  /** In the place of the membership that the peer has in the same room, if it has one. */
  set(member: Member): void {
    this.#hold([...this.#all.filter(({ room }) => room !== member.room), member])
  }

  delete(member: Member): void {
    if (this.#all.includes(member)) this.#hold(this.#size === 1 ? none : this.#all.filter((one) => one !== member))
  }

  #hold(all: readonly Member[]): void {
    this.#all = all
    this.#size = all.length
  }

  /** A copy that later changes leave alone. */
  values(): readonly Member[] {
    return this.#all
  }
}
