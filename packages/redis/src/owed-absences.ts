import type { Suspect } from './heard-tails.ts'

/** Takes an entry out of a room, unless its owner is there again. */
export type TakeOut = (room: string, place: string, owner: string) => Promise<void>

/** Entries that Redis did not let a node take out. It is tried again at each comparison: nobody else would ever do it. */
export class OwedAbsences {
  readonly #takeOut: TakeOut
  readonly #suspects = new Map<string, Suspect>()

  constructor(takeOut: TakeOut) {
    this.#takeOut = takeOut
  }

  add(room: string, place: string, owner: string): void {
    const id = JSON.stringify([room, place, owner])
    const repair = async (): Promise<void> => {
      await this.#takeOut(room, place, owner)
      this.#suspects.delete(id)
    }
    this.#suspects.set(id, { room, isStill: () => this.#suspects.has(id), repair })
  }

  suspects(): readonly Suspect[] {
    return [...this.#suspects.values()]
  }
}
