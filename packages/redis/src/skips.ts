/** Counts what came from Redis and was stepped past, since it is nothing that this version writes. */
export class Skips {
  #count = 0

  get count(): number {
    return this.#count
  }

  add(): void {
    this.#count++
  }
}
