import type { Direction, Told, Wire } from './wire.ts'

/** How one client reaches the servers: a wire per connection, each to the node that is chosen when it is dialled. */
export class Cable {
  readonly id: number
  /** Index of the node that the next connection goes to. */
  node = 0
  /** False: attempts to connect fail at once. */
  isPlugged = true
  #wire: Wire | undefined
  readonly #held = new Set<Direction>()
  readonly #connect: (node: number) => Wire | undefined

  constructor(id: number, connect: (node: number) => Wire | undefined) {
    this.id = id
    this.#connect = connect
  }

  /** The newest connection, which may be over; undefined before the first. */
  get wire(): Wire | undefined {
    return this.#wire
  }

  dial(): Wire | undefined {
    const wire = this.isPlugged ? this.#connect(this.node) : undefined
    if (wire === undefined) return undefined
    this.#wire = wire
    for (const direction of this.#held) wire.hold(direction)
    return wire
  }

  /** Loses what is on its way. The client reconnects after its pause, as time passes. */
  cut(told: Told = 'both'): void {
    this.#wire?.cut(told)
  }

  /** Packets of this direction wait, on this connection and later ones, until `release`. */
  hold(direction: Direction): void {
    this.#held.add(direction)
    this.#wire?.hold(direction)
  }

  release(): void {
    this.#held.clear()
    this.#wire?.release()
  }
}
