interface Finding {
  readonly kind: 'fault' | 'result'
  readonly says: string
  readonly holds: boolean
  /** What was seen instead. */
  readonly seen: unknown
}

/** What a row saw with its own eyes. */
export class Findings {
  readonly #all: Finding[] = []

  /** That the fault happened. A row without one has proved nothing. */
  fault(says: string, holds: boolean, seen?: unknown): void {
    this.#all.push({ kind: 'fault', says, holds, seen })
  }

  /** What the row promises beside what the oracles judge. */
  result(says: string, holds: boolean, seen?: unknown): void {
    this.#all.push({ kind: 'result', says, holds, seen })
  }

  /** Sentences about what does not hold. */
  get failures(): readonly string[] {
    const failures = this.#all
      .filter(({ holds }) => !holds)
      .map(({ kind, says, seen }) => `${kind}: not so: ${says} (${JSON.stringify(seen)})`)
    return this.#all.some(({ kind }) => kind === 'fault')
      ? failures
      : ['fault: nothing proves that it happened', ...failures]
  }
}
