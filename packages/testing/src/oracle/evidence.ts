import type { OracleRecord, RecordOf, RecordType } from './oracle-record.ts'

interface Numbered<R> {
  /** Counts from 1. */
  readonly number: number
  readonly record: R
}

export type Line<T extends RecordType = RecordType> = Numbered<RecordOf<T>>

/** Every line about one room, in order. */
export class Evidence {
  readonly room: string
  readonly lines: readonly Line[]
  readonly #byType = new Map<RecordType, Line[]>()

  constructor(room: string, lines: readonly Line[]) {
    this.room = room
    this.lines = lines
    for (const line of lines) {
      const same = this.#byType.get(line.record.type)
      if (same) same.push(line)
      else this.#byType.set(line.record.type, [line])
    }
  }

  of<T extends RecordType>(type: T): readonly Line<T>[] {
    return (this.#byType.get(type) ?? []) as unknown as readonly Line<T>[]
  }
}

export function groupByRoom(records: readonly OracleRecord[]): readonly Evidence[] {
  const rooms = new Map<string, Line[]>()
  for (const [index, record] of records.entries()) {
    const line = { number: index + 1, record } as Line
    const lines = rooms.get(record.room)
    if (lines) lines.push(line)
    else rooms.set(record.room, [line])
  }
  return [...rooms].map(([room, lines]) => new Evidence(room, lines))
}
