/** What a run did that no run may do. */
export class Violations {
  readonly #found: string[] = []

  add(rule: string, what: string): void {
    this.#found.push(`[${rule}] ${what}`)
  }

  get found(): readonly string[] {
    return this.#found
  }
}
