import { MillraceError, type Position } from '@millrace/contract'
import { payloadHash, type SeededRandom } from '@millrace/testing'
import { roomNames, type RoomName } from '../fixtures/kill-contract.ts'
import type { KillLog, KillMember } from './kill-member.ts'

const ways = ['say', 'repeat', 'shown'] as const
type Way = (typeof ways)[number]

/** How many publishes to each room are without an outcome, all the time. */
const windowSize = 4

/** Publishes as fast as its outcomes come, in all ways that there are. */
export class KillPublisher {
  readonly member: KillMember
  readonly #random: SeededRandom
  readonly #log: KillLog
  readonly #onAck: (room: RoomName, position: Position) => void
  readonly #open = new Map<RoomName, number>(roomNames.map((name) => [name, 0]))
  #count = 0
  #isOver = false

  constructor(
    member: KillMember,
    random: SeededRandom,
    log: KillLog,
    onAck: (room: RoomName, position: Position) => void,
  ) {
    this.member = member
    this.#random = random
    this.#log = log
    this.#onAck = onAck
  }

  /** Sent on this connection, or waiting behind such in the same room, and without an outcome. */
  get inFlight(): number {
    return roomNames.reduce((sum, name) => sum + (this.member.isIn(name) ? this.#open.get(name)! : 0), 0)
  }

  get isIdle(): boolean {
    return roomNames.every((name) => this.#open.get(name) === 0)
  }

  start(): void {
    for (const name of roomNames) for (let open = 0; open < windowSize; open++) this.#next(name)
  }

  stop(): void {
    this.#isOver = true
  }

  /** One publish whose outcome is known at the end; the position of its event. */
  publishLast(room: RoomName): Promise<Position | undefined> {
    return this.#publish(room, 'repeat')
  }

  #next(room: RoomName): void {
    if (this.#isOver) return
    this.#publish(room, this.#random.pick(ways)).then(
      () => this.#next(room),
      (error: unknown) => process.stderr.write(`${String(error)}\n`),
    )
  }

  async #publish(room: RoomName, way: Way): Promise<Position | undefined> {
    const { actor } = this.member
    const key = `${actor}-${++this.#count}`
    const payload = { key, text: `${way} ${this.#random.id()}` }
    this.#log.say({ actor, room, type: 'attempt', key, hash: payloadHash(payload) })
    this.#open.set(room, this.#open.get(room)! + 1)
    try {
      const { position } = await this.#send(room, way, payload)
      this.#log.say({ actor, room, type: 'ack', key, position })
      this.#onAck(room, position)
      return position
    } catch (error) {
      if (!(error instanceof MillraceError)) throw error
      if (error.rule.happened === 'no') this.#log.say({ actor, room, type: 'refused', key, code: error.code })
      else this.#log.say({ actor, room, type: 'unknown', key })
      return undefined
    } finally {
      this.#open.set(room, this.#open.get(room)! - 1)
      this.#log.conditions.changed()
    }
  }

  #send(name: RoomName, way: Way, payload: { key: string; text: string }): Promise<{ position: Position }> {
    const room = this.member.room(name)
    const options = { key: payload.key }
    return way === 'shown' ? room.publish('shown', payload, options) : room.request(way, payload, options)
  }
}
