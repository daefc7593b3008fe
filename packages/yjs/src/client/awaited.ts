/** Promises of something that happens later, or never. */
export class Awaited {
  readonly #waiting = new Set<{ readonly resolve: () => void; readonly reject: (error: Error) => void }>()

  wait(): Promise<void> {
    return new Promise((resolve, reject) => this.#waiting.add({ resolve, reject }))
  }

  happened(): void {
    for (const { resolve } of this.#waiting) resolve()
    this.#waiting.clear()
  }

  neverWill(error: Error): void {
    for (const { reject } of this.#waiting) reject(error)
    this.#waiting.clear()
  }
}
