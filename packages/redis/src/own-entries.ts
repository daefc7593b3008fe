import type { PresenceMeta } from '@millrace/server'

/** Who this node entered into which room, and where in it. */
export class OwnEntries {
  readonly #byRoom = new Map<string, Map<string, PresenceMeta>>()

  get rooms(): string[] {
    return [...this.#byRoom.keys()]
  }

  has(room: string): boolean {
    return this.#byRoom.has(room)
  }

  at(room: string, place: string): PresenceMeta | undefined {
    return this.#byRoom.get(room)?.get(place)
  }

  /** As they are now. */
  in(room: string): readonly (readonly [place: string, meta: PresenceMeta])[] {
    return [...(this.#byRoom.get(room) ?? [])]
  }

  /** @param meta Undefined: nobody. */
  set(room: string, place: string, meta: PresenceMeta | undefined): void {
    const present = this.#byRoom.get(room) ?? new Map<string, PresenceMeta>()
    if (meta === undefined) present.delete(place)
    else present.set(place, meta)
    if (present.size === 0) this.#byRoom.delete(room)
    else this.#byRoom.set(room, present)
  }
}
