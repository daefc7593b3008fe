import type { GapReason, Position } from '@millrace/contract'
import { at } from './lines.ts'

interface Stored {
  readonly key: string
  readonly position: Position
  readonly prev: string
}

type Next =
  | { readonly kind: 'entry'; readonly key: string; readonly position: Position }
  | { readonly kind: 'gap'; readonly reason: GapReason; readonly position: Position }

/** A log as DELIVERY.md describes it, in a list. */
export class HonestLog {
  entries: readonly Stored[] = []
  readonly #maxEvents: number
  #keys: ReadonlyMap<string, Position> = new Map()
  #epoch = 1
  #floor = at(0, '', '1')
  /** Branches never end, so that ids never repeat. */
  #branches = 0

  constructor(maxEvents: number) {
    this.#maxEvents = maxEvents
  }

  get top(): Position {
    return this.entries.at(-1)?.position ?? this.#floor
  }

  append(key: string): Position {
    const known = this.#keys.get(key)
    if (known) return known
    const { offset, id } = this.top
    const position = at(offset + 1, this.#branches === 0 ? '' : `${this.#branches}-`, String(this.#epoch))
    const entries = [...this.entries, { key, position, prev: id }]
    this.entries = entries.slice(-this.#maxEvents)
    if (this.entries.length < entries.length) this.#floor = entries[entries.length - this.entries.length - 1]!.position
    this.#keys = new Map(this.#keys).set(key, position)
    return position
  }

  after(from: Position): Next | undefined {
    const gap = this.#gap(from)
    if (gap) return gap
    const next = this.entries[from.offset - this.#floor.offset]
    return next && { kind: 'entry', key: next.key, position: next.position }
  }

  copy(): HonestLog {
    const copy = new HonestLog(this.#maxEvents)
    copy.restore(this)
    return copy
  }

  restore(copy: HonestLog): void {
    this.entries = copy.entries
    this.#keys = copy.#keys
    this.#epoch = copy.#epoch
    this.#floor = copy.#floor
    this.#branches = Math.max(this.#branches, copy.#branches) + 1
  }

  erase(): void {
    this.entries = []
    this.#keys = new Map()
    this.#epoch++
    this.#floor = at(0, '', String(this.#epoch))
  }

  #gap(from: Position): Next | undefined {
    const gap = (reason: GapReason, position: Position): Next => ({ kind: 'gap', reason, position })
    const { top } = this
    if (from.epoch !== top.epoch) return gap('epoch', this.#floor)
    if (from.offset > top.offset) return gap('rewound', top)
    if (from.offset < this.#floor.offset) return gap('trimmed', this.#floor)
    const known =
      from.offset === this.#floor.offset ? this.#floor : this.entries[from.offset - this.#floor.offset - 1]!.position
    return known.id === from.id ? undefined : gap('rewound', top)
  }
}
