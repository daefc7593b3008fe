import { MillraceError, type Position } from '@millrace/contract'
import { payloadHash, type SeededRandom } from '@millrace/testing'
import type { Journal } from './journal.ts'
import type { Member } from './member.ts'

const ways = ['say', 'repeat', 'shown'] as const
type Way = (typeof ways)[number]

export interface Acknowledged {
  readonly room: string
  readonly position: Position
  readonly at: number
}

export interface PublisherOptions {
  readonly member: Member
  readonly random: SeededRandom
  readonly journal: Journal
  /** Between an outcome and the next publish to the room, ms. */
  readonly pauseMs: () => number
  readonly onAck: (acknowledged: Acknowledged) => void
}

/** Publishes to each of its member's rooms, one after the other, in all ways that there are. */
export class Publisher {
  readonly #options: PublisherOptions
  readonly #open = new Set<string>()
  readonly #timers = new Set<NodeJS.Timeout>()
  #count = 0
  #isOver = false
  /** Codes of what was refused, and how often the outcome is unknown. */
  readonly refusals: string[] = []
  unknown = 0
  #slowestMs: Record<Way, number> = { say: 0, repeat: 0, shown: 0 }

  constructor(options: PublisherOptions) {
    this.#options = options
  }

  get isIdle(): boolean {
    return this.#open.size === 0
  }

  start(): void {
    for (const room of this.#options.member.rooms) this.#next(room)
  }

  /** The longest times until an outcome since this was asked last, ms. */
  takeSlowest(): Readonly<Record<Way, number>> {
    const slowest = this.#slowestMs
    this.#slowestMs = { say: 0, repeat: 0, shown: 0 }
    return slowest
  }

  /** What is on its way still gets its outcome. */
  stop(): void {
    this.#isOver = true
    for (const timer of this.#timers) clearTimeout(timer)
  }

  /** The position where it is acknowledged. */
  async publish(room: string, way: Way): Promise<Position | undefined> {
    const { member, random, journal, onAck } = this.#options
    const key = `${member.name}-${++this.#count}`
    const payload = { key, text: `${way} ${random.id()}` }
    const said = { actor: member.name, room, key }
    journal.say({ ...said, type: 'attempt', hash: payloadHash(payload) })
    this.#open.add(key)
    const startMs = performance.now()
    try {
      const { position } = await this.#send(room, way, payload)
      journal.say({ ...said, type: 'ack', position })
      onAck({ room, position, at: performance.now() })
      return position
    } catch (error) {
      if (!(error instanceof MillraceError)) throw error
      if (error.rule.happened === 'no') {
        this.refusals.push(error.code)
        journal.say({ ...said, type: 'refused', code: error.code })
      } else {
        this.unknown++
        journal.say({ ...said, type: 'unknown' })
      }
      return undefined
    } finally {
      this.#open.delete(key)
      this.#slowestMs[way] = Math.max(this.#slowestMs[way], Math.round(performance.now() - startMs))
    }
  }

  #next(room: string): void {
    if (this.#isOver) return
    this.publish(room, this.#options.random.pick(ways)).then(
      () => {
        const timer = setTimeout(() => {
          this.#timers.delete(timer)
          this.#next(room)
        }, this.#options.pauseMs())
        this.#timers.add(timer)
      },
      (error: unknown) => process.stderr.write(`${String(error)}\n`),
    )
  }

  #send(name: string, way: Way, payload: { key: string; text: string }): Promise<{ position: Position }> {
    const room = this.#options.member.room(name)
    const options = { key: payload.key }
    return way === 'shown' ? room.publish('shown', payload, options) : room.request(way, payload, options)
  }
}
