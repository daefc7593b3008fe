import type { HistoryLimits, Position } from '@millrace/contract'
import type { Entry, LogGap, LogPage, LogQuery } from '@millrace/server'

/** A room's log as a plain list. Slow and obvious: it says what every event log shall answer. */
export class LogModel {
  retained: Entry[] = []
  top: Position
  /** The position just before the oldest retained entry. */
  floor: Position

  constructor(start: Position) {
    this.top = start
    this.floor = start
  }

  append(entry: Entry, history: HistoryLimits): void {
    this.retained.push(entry)
    this.top = positionOf(entry)
    while (this.retained.length > history.maxEvents || bytesOf(this.retained) > history.maxBytes)
      this.trim(this.retained.length - 1)
  }

  trim(keepEvents: number): void {
    while (this.retained.length > keepEvents) this.floor = positionOf(this.retained.shift() as Entry)
  }

  trimThrough(position: Position): void {
    if (this.#reason(position) === undefined)
      this.trim(this.retained.filter(({ offset }) => offset > position.offset).length)
  }

  rewind(toOffset: number): void {
    this.retained = this.retained.filter(({ offset }) => offset <= toOffset)
    this.top = this.retained.map(positionOf).at(-1) ?? this.floor
  }

  read({ position, direction, limit, maxBytes }: LogQuery): LogPage | LogGap {
    const reason = position === null ? undefined : this.#reason(position)
    if (reason !== undefined) return { kind: 'gap', reason, floor: this.floor, top: this.top }
    const isAfter = direction === 'after'
    const candidates = this.retained.filter(
      ({ offset }) => position === null || (isAfter ? offset > position.offset : offset < position.offset),
    )
    if (!isAfter) candidates.reverse()
    const taken: Entry[] = []
    for (const entry of candidates) {
      if (taken.length === limit || (taken.length > 0 && bytesOf(taken) >= maxBytes)) break
      taken.push(entry)
    }
    const more = taken.length < candidates.length
    return { kind: 'page', entries: isAfter ? taken : taken.reverse(), top: this.top, more }
  }

  #reason(position: Position): LogGap['reason'] | undefined {
    if (position.epoch !== this.top.epoch) return 'epoch'
    if (position.offset > this.top.offset) return 'rewound'
    if (position.offset < this.floor.offset) return 'trimmed'
    const known = [this.floor, ...this.retained].some(
      ({ offset, id }) => offset === position.offset && id === position.id,
    )
    return known ? undefined : 'rewound'
  }
}

export function positionOf({ epoch, offset, id }: Entry): Position {
  return { epoch, offset, id }
}

function bytesOf(entries: readonly Entry[]): number {
  return entries.reduce(
    (sum, { payload }) => sum + (typeof payload === 'string' ? new TextEncoder().encode(payload) : payload).byteLength,
    0,
  )
}
