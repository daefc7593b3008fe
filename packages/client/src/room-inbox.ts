import { parse, type Clock, type GapSpan, type Parsed, type Position, type RoomEntry, type WireFrame } from '@millrace/contract'
import { Arrivals } from './arrivals.ts'
import type { Listeners } from './listeners.ts'
import type { Joined } from './read-joined.ts'
import { RoomEvents } from './room-events.ts'
import { acceptFrame, type LogFrame, type NewEntry } from './room-log.ts'
import { RoomPresence } from './room-presence.ts'
import { RoomState } from './room-state.ts'

export interface InboxContext {
  readonly clock: Clock
  readonly listeners: Listeners
  readonly report: (error: unknown) => void
  /** A durable event came that carries this key. */
  readonly echoed: (key: string, versionedName: string, data: { readonly position: Position; readonly at: number }) => void
}

/** What a room receives: keeps the position, and hands everything to the listeners in order. */
export class RoomInbox {
  readonly state: RoomState
  readonly presence: RoomPresence
  readonly #entry: RoomEntry
  readonly #context: InboxContext
  readonly #arrivals: Arrivals
  readonly #events: RoomEvents
  #position: Position | undefined
  #top: Position | undefined

  constructor(entry: RoomEntry, context: InboxContext) {
    const { report, listeners } = context
    this.#entry = entry
    this.#context = context
    this.#arrivals = new Arrivals(report)
    this.#events = new RoomEvents(entry.events, this.#arrivals, report)
    this.state = new RoomState(this.#arrivals, this.#events, listeners)
    this.presence = new RoomPresence(entry.presence, this.#arrivals, report)
  }

  /** Up to here everything was taken in. Undefined before the first join. */
  get position(): Position | undefined {
    return this.#position
  }

  /**
   * Takes in the answer to a join, then calls `joined` with the snapshot. The events that follow wait until the code that
   * awaits the join has run.
   */
  begin(answer: Joined, joined: (snapshot: Parsed<unknown>) => void): void {
    this.#position = answer.position
    this.#top = answer.top
    let snapshot: Parsed<unknown> = { ok: true, value: undefined }
    this.#snapshot(answer.gap, answer.snapshot, (parsed) => (snapshot = parsed))
    if (answer.presence) this.presence.update(answer.presence)
    if (answer.state) this.state.update(answer.state)
    this.#arrivals.run(() => joined(snapshot))
    this.#arrivals.wait(() => new Promise((resolve) => this.#context.clock.defer(resolve)))
  }

  /** @returns False where the frame does not continue the position: then nothing of it was taken in. */
  frame(frame: WireFrame): boolean {
    if (frame.kind !== 'volatile') return this.#log(frame)
    for (const [versioned, payload, at, from = null] of frame.entries) {
      this.#events.take(versioned, payload, 'volatile', (name, value) => {
        this.#context.listeners.call(name, value, { from, at })
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
    this.#position = undefined
    this.#arrivals.run(() => {
      this.presence.clear()
      this.state.clear()
      last()
    })
  }

  /** Ends this membership at once: nothing of it reaches a listener any more. */
  forget(): void {
    this.#arrivals.drop()
    this.end(() => {})
  }

  #log(frame: LogFrame): boolean {
    if (!this.#position) return true
    const step = acceptFrame(this.#position, frame)
    if (step.kind !== 'next') return step.kind === 'seen'
    this.#position = step.position
    for (const entry of step.entries) this.#durable(entry)
    return true
  }

  #durable({ position, entry }: NewEntry): void {
    const [, versioned, payload, at, from = null, key = null] = entry
    const replayed = this.#top?.epoch === position.epoch && position.offset <= this.#top.offset
    this.#events.take(versioned, payload, 'durable', (name, value) => {
      this.#context.listeners.call(name, value, { position, key, from, at, replayed })
    })
    if (key !== null) this.#context.echoed(key, versioned, { position, at })
  }

  #snapshot(gap: GapSpan | undefined, wire: unknown, use: (parsed: Parsed<unknown>) => void): void {
    const { snapshot: schema } = this.#entry
    this.#arrivals.take(
      () => (schema && wire !== undefined ? parse(schema, wire, 'snapshot') : { ok: true, value: undefined }),
      (parsed) => {
        use(parsed)
        if (!parsed.ok) this.#context.report(parsed.error)
        if (gap) this.#context.listeners.call('gap', { ...gap, snapshot: parsed.ok ? parsed.value : undefined })
      },
    )
  }
}
