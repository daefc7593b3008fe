interface Waiting {
  readonly isTrue: () => boolean
  readonly resolve: () => void
}

/** Waiting for something to become true, without looking again and again. */
export class Conditions {
  readonly #waiting = new Set<Waiting>()

  /** Whoever changes something calls it. */
  changed(): void {
    for (const waiting of this.#waiting) {
      if (!waiting.isTrue()) continue
      this.#waiting.delete(waiting)
      waiting.resolve()
    }
  }

  until(isTrue: () => boolean): Promise<void> {
    if (isTrue()) return Promise.resolve()
    return new Promise((resolve) => this.#waiting.add({ isTrue, resolve }))
  }
}
