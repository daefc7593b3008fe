import { parse, type GapSpan, type Parsed, type Position, type RoomEntry, type WireFrame } from '@millrace/contract'
import { eventsInOrder, type TakeEvent } from './events-in-order.ts'
import type { Host } from './host.ts'
import type { Listeners } from './listeners.ts'
import type { Joined } from './read-joined.ts'
import { acceptFrame, type LogFrame, type NewEntry } from './room-log.ts'
import { RoomPresence } from './room-presence.ts'
import { RoomState } from './room-state.ts'
import { Serial } from './serial.ts'

/** Called for every durable event that carries a key. */
export type Echoed = (
  key: string,
  versioned: string,
  data: { readonly position: Position; readonly at: number },
) => void

/** What a room receives: keeps the position, and hands everything to the listeners in order. */
export class RoomInbox {
  readonly state: RoomState
  readonly presence: RoomPresence
  readonly #entry: RoomEntry
  readonly #host: Host
  readonly #listeners: Listeners
  readonly #echoed: Echoed
  readonly #serial: Serial
  readonly #takeEvent: TakeEvent
  /** Where the last membership ended. */
  left: Position | undefined
  #position: Position | undefined
  #top: Position | undefined

  constructor(host: Host, entry: RoomEntry, listeners: Listeners, echoed: Echoed) {
    const { report } = host
    this.#host = host
    this.#entry = entry
    this.#listeners = listeners
    this.#echoed = echoed
    this.#serial = new Serial(report)
    this.#takeEvent = eventsInOrder(entry.events, this.#serial, report)
    this.state = new RoomState(this.#serial, this.#takeEvent, listeners)
    this.presence = new RoomPresence(entry.presence, this.#serial, report)
  }

  /** Up to here everything was taken in. Undefined before the first join. */
  get position(): Position | undefined {
    return this.#position
  }

  /** Takes in the answer to a join, then calls `joined` with the snapshot. What follows waits for what it gives. */
  begin(answer: Joined, joined: (snapshot: Parsed<unknown>) => void | Promise<void>): void {
    this.#position = answer.position
    this.#top = answer.top
    let snapshot: Parsed<unknown> = { ok: true, value: undefined }
    this.#snapshot(answer.gap, answer.snapshot, (parsed) => (snapshot = parsed))
    if (answer.presence) this.presence.update(answer.presence)
    if (answer.state) this.state.update(answer.state)
    this.#serial.run(() => joined(snapshot))
  }

  /** @returns False where the frame does not continue the position: then nothing of it was taken in. */
  frame(frame: WireFrame): boolean {
    if (frame.kind !== 'volatile') return this.#log(frame)
    for (const [versioned, payload, at, from = null] of frame.entries) {
      this.#takeEvent(versioned, payload, 'volatile', (name, value) => {
        this.#listeners.call(name, value, { from, at })
      })
    }
    return true
  }

  /** `from` is where this client stands, so that its gaps and its events leave nothing out. */
  gap({ reason, to }: GapSpan, snapshot: unknown): void {
    if (!this.#position) return
    const from = this.#position
    this.#position = to
    this.#snapshot({ reason, from, to }, snapshot, () => {})
  }

  /** Ends this membership after what is on its way to the listeners. */
  end(last: () => void): void {
    this.left = this.#position ?? this.left
    this.#position = undefined
    this.#serial.run(() => {
      this.presence.clear()
      this.state.clear()
      last()
    })
  }

  /** Ends this membership at once: nothing of it reaches a listener any more. */
  forget(): void {
    this.#serial.drop()
    this.end(() => {})
  }

  #log(frame: LogFrame): boolean {
    if (!this.#position) return true
    const entries = acceptFrame(this.#position, frame)
    if (!entries) return false
    const { epoch, to: offset, id } = frame
    if (offset > this.#position.offset) this.#position = { epoch, offset, id }
    for (const entry of entries) this.#durable(entry)
    return true
  }

  #durable({ position, entry }: NewEntry): void {
    const [, versioned, payload, at, from = null, key = null] = entry
    const replayed = this.#top?.epoch === position.epoch && position.offset <= this.#top.offset
    this.#takeEvent(versioned, payload, 'durable', (name, value) => {
      this.#listeners.call(name, value, { position, key, from, at, replayed })
    })
    if (key !== null) this.#echoed(key, versioned, { position, at })
  }

  #snapshot(gap: GapSpan | undefined, wire: unknown, use: (parsed: Parsed<unknown>) => void): void {
    const { snapshot: schema } = this.#entry
    this.#serial.take(
      () => (schema && wire !== undefined ? parse(schema, wire, 'snapshot') : { ok: true, value: undefined }),
      (parsed) => {
        use(parsed)
        if (!parsed.ok) this.#host.report(parsed.error)
        if (gap) this.#listeners.call('gap', { ...gap, snapshot: parsed.ok ? parsed.value : undefined })
      },
    )
  }
}
