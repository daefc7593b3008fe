import type { GapReason, HistoryLimits, Position } from '@millrace/contract'
import type { Append, Entry } from '../ports/event-log.ts'
import { payloadBytes } from '../payload-bytes.ts'
import { Ring } from './ring.ts'

/** The history of one room, and nothing else: no clock, no listeners, no keys. */
export class LogRoom {
  readonly epoch: string
  readonly entries = new Ring<Entry>()
  #topOffset = 0
  #topId = ''
  #bytes = 0
  /** Wall time after which the metadata may be forgotten, ms. */
  #forgetAt: number
  #ttlSeconds = Infinity

  constructor(epoch: string, forgetAt: number) {
    this.epoch = epoch
    this.#forgetAt = forgetAt
  }

  get top(): Position {
    return { epoch: this.epoch, offset: this.#topOffset, id: this.#topId }
  }

  /** The position just before the oldest retained entry; the top where none is retained. */
  get floor(): Position {
    const oldest = this.entries.at(0)
    return oldest === undefined ? this.top : { epoch: this.epoch, offset: oldest.offset - 1, id: oldest.prev }
  }

  /** `append.payload` is kept as it is; the caller no longer changes it. */
  append(id: string, at: number, append: Append): Entry {
    const { key, from, name, payload } = append
    const entry: Entry = {
      epoch: this.epoch,
      offset: this.#topOffset + 1,
      id,
      prev: this.#topId,
      key,
      at,
      from,
      name,
      payload,
    }
    this.entries.push(entry)
    this.#topOffset = entry.offset
    this.#topId = id
    this.#bytes += payloadBytes(payload)
    return entry
  }

  trim(history: HistoryLimits, now: number, metadataMs: number): void {
    this.#ttlSeconds = history.ttlSeconds
    this.#forgetAt = now + history.ttlSeconds * 1_000 + metadataMs
    while (this.entries.length > 0 && (this.entries.length > history.maxEvents || this.#bytes > history.maxBytes))
      this.#dropOldest()
    this.trimByAge(now)
  }

  trimByAge(now: number): void {
    const expired = now - this.#ttlSeconds * 1_000
    for (let oldest = this.entries.at(0); oldest !== undefined && oldest.at <= expired; oldest = this.entries.at(0))
      this.#dropOldest()
  }

  trimTo(keepEvents: number): void {
    while (this.entries.length > keepEvents) this.#dropOldest()
  }

  /** Does nothing where the position is not part of this history. */
  trimThrough(position: Position): void {
    if (this.faultOf(position) !== undefined) return
    while (this.floor.offset < position.offset) this.#dropOldest()
  }

  canForget(now: number): boolean {
    return this.entries.length === 0 && now >= this.#forgetAt
  }

  /** Takes the newest entries back, as a restored copy does. Below the floor there is nothing to go back to. */
  rewind(toOffset: number): void {
    const { floor } = this
    const offset = Math.max(toOffset, floor.offset)
    while (this.#topOffset > offset) {
      this.#bytes -= payloadBytes(this.entries.dropNewest()?.payload ?? '')
      this.#topOffset--
    }
    this.#topId = this.entries.at(this.entries.length - 1)?.id ?? floor.id
  }

  /** Why `position` is not part of this history; undefined where it is. */
  faultOf(position: Position): GapReason | undefined {
    if (position.epoch !== this.epoch) return 'epoch'
    if (position.offset > this.#topOffset) return 'rewound'
    const { floor } = this
    if (position.offset < floor.offset) return 'trimmed'
    const known = position.offset === floor.offset ? floor : this.entries.at(position.offset - floor.offset - 1)
    return known?.id === position.id ? undefined : 'rewound'
  }

  #dropOldest(): void {
    this.#bytes -= payloadBytes(this.entries.dropOldest()?.payload ?? '')
  }
}
