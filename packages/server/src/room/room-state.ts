import type { StatePosition, WireStateUpdate, WireStateValue } from '@millrace/contract'
import type { Packet } from '../connection/packet.ts'
import type { Node } from '../node.ts'
import type { Subscription } from '../ports/event-log.ts'
import type { StateChange, StateUpdate, StateValue } from '../ports/keyed-state.ts'
import { encodeStateParts } from './encode-state.ts'
import { fieldOf, splitField, toWire } from './state-field.ts'
import { StateValues, type Told } from './state-values.ts'

/** Versions whose ids are kept, so that a returning client gets only the changes since its own. */
const maxVersions = 1_000
/** Pause after a read that failed. */
const retryMs = 1_000
/** Changes kept that came while everything is read. */
const maxEarly = 1_000

/** A node's copy of one room's keyed state, and the changes that wait for the next flush, newest per key. */
export class RoomState {
  readonly #node: Node
  readonly #room: string
  readonly #onPending: () => void
  readonly #values = new StateValues()
  /** Changes since the last flush; removals have a null payload. */
  #pending = new Map<string, StateValue>()
  #versions: { readonly version: number; readonly id: string; readonly field: string }[] = []
  #position: StatePosition | undefined
  /** What came while everything is read: its answer may be older. */
  #early: StateChange[] = []
  #isReading = true
  #isPendingAll = false
  #subscription: Subscription | undefined
  #reading: Promise<void> | undefined
  /** A change came that a read which is under way may not have seen. */
  #isReadDue = false
  #isClosed = false

  constructor(node: Node, room: string, onPending: () => void) {
    this.#node = node
    this.#room = room
    this.#onPending = onPending
  }

  async open(): Promise<void> {
    const subscription = await this.#node.store.state.subscribe(this.#room, {
      changes: (changes) => this.#receive(changes),
      missed: () => this.#readAll(),
    })
    this.#subscription = subscription
    if (this.#isClosed) return subscription.close()
    this.#replace(await this.#node.store.state.read(this.#room))
    this.#takeAll()
    this.#receiveEarly()
    if (this.#isReadDue) this.#readMissing()
  }

  async close(): Promise<void> {
    this.#isClosed = true
    await this.#subscription?.close()
  }

  /** What a joiner gets: the changes since `since`, or everything. */
  updateSince(since: StatePosition | undefined): WireStateUpdate | undefined {
    const position = this.#position
    if (position === undefined) return undefined
    const index =
      since?.epoch === position.epoch
        ? this.#versions.findIndex((v) => v.version === since.version && v.id === since.id)
        : -1
    if (index === -1) return { ...position, kind: 'replace', values: [...this.#values.all()].map(toWire) }
    const fields = new Set(this.#versions.slice(index + 1).map((version) => version.field))
    return { ...position, kind: 'change', values: [...fields].map((field) => this.#wireValue(field)) }
  }

  get hasPending(): boolean {
    return this.#position !== undefined && (this.#pending.size > 0 || this.#isPendingAll)
  }

  /** How far members are told who get every flush. */
  get told(): Told {
    return this.#values.told
  }

  /** The changes since the last call as `~state`: one packet, unless many values are bytes; none where nothing changed. */
  takePending(handle: number): readonly Packet[] {
    const position = this.#position
    if (position === undefined || !this.hasPending) return []
    const before = this.#values.position
    if (this.#isPendingAll) return encodeStateParts(handle, 'replace', this.#takeAll(), position, position.epoch)
    const changes = [...this.#pending.values()]
    this.#values.flushed(this.#pending.keys(), position)
    this.#pending = new Map()
    return encodeStateParts(handle, 'change', changes, position, position.epoch, before)
  }

  /** The next part of what is newer than a member was told; undefined where the next flush tells it. */
  partAfter(
    told: Told,
    handle: number,
    maxBytes: number,
  ): { readonly packets: readonly Packet[]; readonly told: Told | undefined; readonly conflated: number } | undefined {
    const part = this.#values.after(told, maxBytes)
    if (part === undefined) return undefined
    const { kind, values, position } = part
    const before = part.told ? position : undefined
    return { ...part, packets: encodeStateParts(handle, kind, values, position, this.#position?.epoch ?? '', before) }
  }

  /** Everything is being told to everybody. */
  #takeAll(): readonly StateValue[] {
    const values = [...this.#values.all()]
    if (this.#position) this.#values.flushed(values.map(fieldOf), this.#position)
    this.#pending = new Map()
    this.#isPendingAll = false
    return values
  }

  #receive(changes: readonly StateChange[]): void {
    for (const change of changes) {
      const position = this.#position
      if (position === undefined || this.#isReading) this.#keepEarly(change)
      else if (this.#isKnown(change.position, position)) continue
      else if (change.position.epoch === position.epoch && change.position.version === position.version + 1)
        this.#apply(change)
      else return this.#readMissing()
    }
    if (this.#pending.size > 0) this.#onPending()
  }

  #keepEarly(change: StateChange): void {
    if (this.#early.length < maxEarly) this.#early.push(change)
    else this.#isReadDue = true
  }

  #receiveEarly(): void {
    const early = this.#early
    this.#early = []
    this.#isReading = false
    this.#receive(early)
  }

  /** Also what is older than the versions that are kept. Another id at a known version is another history. */
  #isKnown({ epoch, version, id }: StatePosition, top: StatePosition): boolean {
    if (epoch !== top.epoch || version > top.version) return false
    const known = this.#versions[version - (this.#versions[0]?.version ?? 0)]
    return known === undefined || known.id === id
  }

  #apply(change: StateChange): void {
    const field = fieldOf(change)
    this.#values.set(field, change)
    this.#pending.set(field, change)
    this.#position = change.position
    this.#versions.push({ version: change.position.version, id: change.position.id, field })
    if (this.#versions.length > 2 * maxVersions) this.#versions = this.#versions.slice(-maxVersions)
  }

  #readMissing(): void {
    this.#readAll().catch((error: unknown) => {
      this.#node.report(error)
      if (!this.#isClosed) this.#node.clock.after(retryMs, () => this.#readMissing())
    })
  }

  /** Reads everything anew, once however often it is called meanwhile. */
  #readAll(): Promise<void> {
    this.#isReadDue = true
    this.#reading ??= this.#readWhileDue().finally(() => (this.#reading = undefined))
    return this.#reading
  }

  async #readWhileDue(): Promise<void> {
    // Before the first read it stays due, and is made once that has answered.
    while (this.#isReadDue && !this.#isClosed && this.#position !== undefined) {
      this.#isReadDue = false
      this.#isReading = true
      try {
        this.#replace(await this.#node.store.state.read(this.#room))
        this.#onPending()
      } finally {
        this.#receiveEarly()
      }
    }
  }

  #replace(update: StateUpdate): void {
    this.#values.clear()
    for (const value of update.values) if (value.payload !== null) this.#values.set(fieldOf(value), value)
    this.#position = { epoch: update.epoch, version: update.version, id: update.id }
    this.#versions = [{ version: update.version, id: update.id, field: '' }]
    this.#pending = new Map()
    this.#isPendingAll = true
  }

  #wireValue(field: string): WireStateValue {
    const held = this.#values.get(field)
    if (held) return toWire(held)
    const [name, key] = splitField(field)
    return [name, key]
  }
}
