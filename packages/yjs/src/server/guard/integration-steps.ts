import { none, type Items } from './items.ts'
import type { Placed } from './order-structs.ts'

/**
 * How many neighbours Yjs looks at when it puts items in their places in this order (structs/Item.js, `integrate`): of each those behind
 * what it was written behind, up to what it was written before, as long as they came from there.
 *
 * @param most Above it nobody counts on: what comes then is put just behind what it was written behind.
 * @param ownFrom Index of the first place of whose neighbours `own` tells, which are counted again, up to `mostOwn`.
 */
export function integrationSteps(
  items: Items,
  order: readonly Placed[],
  most: number,
  ownFrom = order.length,
  mostOwn = 0,
): { readonly steps: number; readonly own: number } {
  const list = new Lists(items, most)
  let before = 0
  for (const [index, { client, from, to }] of order.entries()) {
    if (index === ownFrom) {
      before = list.steps
      list.most = Math.max(most, before + mostOwn)
    }
    const first = items.find({ client, clock: from })
    const last = items.find({ client, clock: to - 1 })
    list.place(first)
    for (let item = first + 1; item <= last; item++) list.placeBehind(item)
  }
  return { steps: list.steps, own: ownFrom < order.length ? list.steps - before : 0 }
}

class Lists {
  steps = 0
  most: number
  readonly #items: Items
  readonly #left: Int32Array
  readonly #right: Int32Array
  /** Of placed items; -1: nowhere. */
  readonly #list: Int32Array
  /** Of each list its first item, and how many it has. */
  readonly #start: Int32Array
  readonly #length: Int32Array
  /** Which item has seen it last, and since when it stands in its way. */
  readonly #seenBy: Int32Array
  readonly #inTheWay: Float64Array
  #way = 0

  constructor(items: Items, most: number) {
    const column = () => new Int32Array(items.count).fill(none)
    this.#items = items
    this.most = most
    this.#left = column()
    this.#right = column()
    this.#list = column()
    this.#seenBy = column()
    this.#start = new Int32Array(items.keyed.length).fill(none)
    this.#length = new Int32Array(items.keyed.length)
    this.#inTheWay = new Float64Array(items.count)
  }

  place(item: number): void {
    const { origin, rightOrigin } = this.#items
    const [left, right] = [at(origin, item), at(rightOrigin, item)]
    const list = this.#listOf(item, left, right)
    this.#list[item] = list
    if (list === none) return
    const isBehind = left !== none && at(this.#right, left) === right
    const isFirst = left === none && right !== none && at(this.#left, right) === none
    // Yjs goes back to the first value of the key, which costs less than to look at it.
    if (left === none && this.#items.keyed[list]) this.steps += at(this.#length, list) / 8
    this.#insert(item, list, isBehind || isFirst ? left : this.#search(item, left, right, list))
  }

  /** The rest of a struct whose beginning was placed just before it. */
  placeBehind(item: number): void {
    const list = at(this.#list, item - 1)
    this.#list[item] = list
    if (list !== none) this.#insert(item, list, item - 1)
  }

  /** What stands beside something collected is collected. */
  #listOf(item: number, left: number, right: number): number {
    const { isCollected, list } = this.#items
    if (isCollected[item]) return none
    if ((left !== none && at(this.#list, left) === none) || (right !== none && at(this.#list, right) === none))
      return none
    if (left !== none) return at(this.#list, left)
    return right === none ? at(list, item) : at(this.#list, right)
  }

  #search(item: number, origin: number, right: number, list: number): number {
    const { client, origin: origins, rightOrigin } = this.#items
    let left = origin
    let way = ++this.#way
    let other = origin === none ? at(this.#start, list) : at(this.#right, origin)
    for (; other !== none && other !== right && this.steps <= this.most; other = at(this.#right, other)) {
      this.steps++
      this.#seenBy[other] = item
      this.#inTheWay[other] = way
      const from = at(origins, other)
      if (from === origin) {
        if ((client[other] as number) < (client[item] as number)) {
          left = other
          way = ++this.#way
        } else if (at(rightOrigin, other) === right) break
      } else if (from !== none && at(this.#seenBy, from) === item) {
        if (this.#inTheWay[from] !== way) {
          left = other
          way = ++this.#way
        }
      } else break
    }
    return left
  }

  #insert(item: number, list: number, left: number): void {
    const right = left === none ? at(this.#start, list) : at(this.#right, left)
    if (left === none) this.#start[list] = item
    else this.#right[left] = item
    this.#left[item] = left
    this.#right[item] = right
    if (right !== none) this.#left[right] = item
    this.#length[list] = at(this.#length, list) + 1
  }
}

function at(column: Int32Array, index: number): number {
  return column[index] as number
}
