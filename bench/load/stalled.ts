import { DigestCheck } from './delivery-check.ts'
import type { Fleet, FleetMember } from './fleet.ts'

/** Oftener than any server asks whether a client lives, ms. */
const signalMs = 4_000

export interface CatchUp {
  /** How many each of them has to have. */
  readonly events: number
  /** SHA-1 of all texts, in hex. */
  readonly digest: string
  readonly withinMs: number
}

/**
 * Clients that take nothing from TCP but still say that they live: nothing protects the server from them but its own flow
 * control.
 */
export class Stalled {
  readonly #fleet: Fleet
  readonly #members: readonly FleetMember[]
  readonly #signals: NodeJS.Timeout
  readonly #closed: FleetMember[] = []
  #isReading = false
  #reconnected = 0

  constructor(fleet: Fleet) {
    this.#fleet = fleet
    this.#members = [...fleet.members]
    for (const member of this.#members) {
      member.whenClosed = () => (this.#isReading ? this.#reconnect(member) : this.#closed.push(member))
      member.client.pause()
    }
    this.#signals = setInterval(() => {
      for (const { client } of this.#members) client.signal()
    }, signalMs)
  }

  /**
   * Reads again, and connects again where the server ended the connection, until everybody has everything.
   *
   * @returns How many had to connect again.
   * @throws Error where the texts of one are not those of `digest`.
   */
  async catchUp({ events, digest, withinMs }: CatchUp): Promise<number> {
    clearInterval(this.#signals)
    this.#isReading = true
    const behind = new Set(this.#members.filter(({ deliveries }) => deliveries.count < events))
    await this.#fleet.run(
      (finish) => {
        for (const member of this.#closed.splice(0)) this.#reconnect(member)
        for (const { client } of this.#members) client.resume()
        if (behind.size === 0) finish()
        return {
          delivered(_, member) {
            if (member.deliveries.count === events && behind.delete(member) && behind.size === 0) finish()
          },
          answered() {},
        }
      },
      () => `${behind.size} of ${this.#members.length} stalled readers have not got everything`,
      withinMs,
    )
    for (const { index, deliveries } of this.#members) {
      if (!(deliveries instanceof DigestCheck) || deliveries.digest() !== digest)
        throw new Error(`client ${index} received other texts than were published`)
    }
    return this.#reconnected
  }

  #reconnect(member: FleetMember): void {
    this.#reconnected++
    const { bookmark } = member.client
    if (bookmark === undefined) return this.#fleet.fail(`client ${member.index} was closed and cannot come back`)
    this.#fleet.resume(member, bookmark).catch((error: unknown) => this.#fleet.fail(String(error)))
  }
}
