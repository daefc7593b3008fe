/** More is not kept, numbers: twice what the largest view takes by default. */
const mostKept = 4_000_000

/**
 * Memory that one read leaves to the next. Made anew for each, the collector would look through everything that is stored after
 * every few reads, which takes longer than they do.
 */
export class ReadRoom {
  #spare: Float64Array | undefined

  take(numbers: number): Float64Array {
    const spare = this.#spare
    if (spare === undefined || spare.length < numbers)
      return new Float64Array(Buffer.allocUnsafeSlow(8 * numbers).buffer)
    this.#spare = undefined
    return spare
  }

  giveBack(room: Float64Array): void {
    if (room.length <= mostKept && room.length > (this.#spare?.length ?? 0)) this.#spare = room
  }
}
