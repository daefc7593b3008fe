import type { PlacedUpdate } from './examine.ts'
import type { Placed } from './order-structs.ts'
import { Ranges } from './ranges.ts'
import type { Deletions, Id } from './read-update.ts'

/** By client: bounds of ranges of clocks. */
type Bounds = ReadonlyMap<number, readonly number[]>

export interface KeptMapValues {
  readonly keyed: Bounds
  readonly whole: Bounds
}

/**
 * Which structs of a document are values of keys. Yjs takes it that all of them but the last of a key are deleted; where one of several
 * clocks is split, its first part is neither, and whoever deletes the type around it throws. Yjs itself writes such values hardly
 * ever (an undo of two values at once), and splits none that is not deleted.
 */
export class MapValues {
  readonly #keyed: Map<number, Ranges>
  /** Those of several clocks that are not deleted. */
  readonly #whole: Map<number, Ranges>

  constructor(kept: KeptMapValues = { keyed: new Map(), whole: new Map() }) {
    this.#keyed = rangesOf(kept.keyed, true)
    this.#whole = rangesOf(kept.whole, false)
  }

  get kept(): KeptMapValues {
    return { keyed: boundsOf(this.#keyed), whole: boundsOf(this.#whole) }
  }

  /** Whether the update splits a value that is not deleted with it. */
  splits({ places, deletions }: PlacedUpdate): boolean {
    if (!this.#concerns(places)) return false
    const fresh = new Map<number, Ranges>()
    const deleted = deletedBy(deletions)
    for (const place of places) if (this.#isWhole(place, deleted)) addTo(fresh, place, false)
    if (this.#whole.size === 0 && fresh.size === 0) return false
    const isWithin = (client: number, clock: number) =>
      [this.#whole, fresh].some((all) => (all.get(client)?.find(clock)?.[0] ?? clock) < clock)
    const isSplitBy = ({ origin, struct: { rightOrigin } }: Placed): boolean =>
      (origin !== undefined && isWithin(origin.client, origin.clock + 1)) ||
      (rightOrigin !== undefined && isWithin(rightOrigin.client, rightOrigin.clock))
    return (
      places.some(isSplitBy) || deletions.some(({ client, ranges }) => ranges.some((bound) => isWithin(client, bound)))
    )
  }

  /** The update is stored. More than once is the same as once. */
  take({ places, deletions }: PlacedUpdate): void {
    if (!this.#concerns(places)) return
    const deleted = deletedBy(deletions)
    for (const place of places) {
      if (!this.#isKeyed(place)) continue
      addTo(this.#keyed, place, true)
      if (this.#isWhole(place, deleted)) addTo(this.#whole, place, false)
    }
    if (this.#whole.size === 0) return
    for (const { client, ranges } of deletions) {
      const whole = this.#whole.get(client)
      for (let at = 0; whole && at < ranges.length; at += 2)
        whole.removeWithin(ranges[at] as number, ranges[at + 1] as number)
      if (whole?.bounds.length === 0) this.#whole.delete(client)
    }
  }

  /** False in a document without maps. */
  #concerns(places: readonly Placed[]): boolean {
    return this.#keyed.size > 0 || places.some(({ isKeyed }) => isKeyed === true)
  }

  #isKeyed({ isKeyed }: Placed): boolean {
    return typeof isKeyed === 'boolean' ? isKeyed : this.#has(isKeyed)
  }

  #has({ client, clock }: Id): boolean {
    return this.#keyed.get(client)?.find(clock) !== undefined
  }

  #isWhole(place: Placed, deleted: ReadonlyMap<number, Ranges>): boolean {
    const { client, from, to, struct } = place
    if (to - from === 1 || struct.isGone || !this.#isKeyed(place)) return false
    return (deleted.get(client)?.find(from)?.[1] ?? from) < to
  }
}

function deletedBy(deletions: readonly Deletions[]): Map<number, Ranges> {
  return new Map(deletions.map(({ client, ranges }) => [client, new Ranges(false, ranges)]))
}

function addTo(all: Map<number, Ranges>, { client, from, to }: Placed, joins: boolean): void {
  const ranges = all.get(client) ?? new Ranges(joins)
  ranges.add(from, to)
  all.set(client, ranges)
}

function rangesOf(bounds: Bounds, joins: boolean): Map<number, Ranges> {
  return new Map([...bounds].map(([client, of]) => [client, new Ranges(joins, of)]))
}

function boundsOf(all: ReadonlyMap<number, Ranges>): Bounds {
  return new Map([...all].map(([client, { bounds }]) => [client, bounds]))
}
