/** Ends what it came from; calling it again does nothing. */
export type Off = () => void

/** One function of the application. It may be async; nobody waits for it. */
export type Listener<Args extends readonly unknown[] = readonly never[]> = (...args: Args) => unknown

/** Functions of the application by name. One that throws or rejects is reported and disturbs nobody else. */
export class Listeners {
  readonly #report: (error: unknown) => void
  readonly #byName = new Map<string, Set<Listener>>()

  constructor(report: (error: unknown) => void) {
    this.#report = report
  }

  /** The same function counts once. */
  add(name: string, listener: Listener): Off {
    const set = this.#byName.get(name) ?? new Set()
    this.#byName.set(name, set.add(listener))
    return () => void set.delete(listener)
  }

  call(name: string, ...args: readonly unknown[]): void {
    for (const listener of this.#byName.get(name) ?? []) {
      try {
        const result = (listener as Listener<readonly unknown[]>)(...args)
        if (result instanceof Promise) result.catch(this.#report)
      } catch (thrown) {
        this.#report(thrown)
      }
    }
  }
}
