import type { OracleRecord, RecordOf } from '@millrace/testing'

type Numbered<T extends OracleRecord['type']> = readonly [index: number, record: RecordOf<T>]

export function find<T extends OracleRecord['type']>(records: readonly OracleRecord[], type: T): Numbered<T>[] {
  return records.flatMap((record, index) => (record.type === type ? [[index, record] as unknown as Numbered<T>] : []))
}

const isReceived = ({ type }: OracleRecord) => type === 'event' || type === 'gap'

/** Events or gaps with another one of the same membership before them, and whose loss still matters: none that came last before a `left`. */
export function followers(records: readonly OracleRecord[], type: 'event' | 'gap'): number[] {
  return records.flatMap((record, index) => {
    if (record.type !== type) return []
    const isOwn = ({ actor, type: kind }: OracleRecord) =>
      actor === record.actor && (kind === 'event' || kind === 'gap' || kind === 'joined' || kind === 'left')
    const before = records.slice(0, index).findLast(isOwn)
    const after = records.slice(index + 1).find(isOwn)
    return before && isReceived(before) && after?.type !== 'left' ? [index] : []
  })
}

/** The index of the event that the same member got right after this one. */
export function nextEvent(records: readonly OracleRecord[], index: number): number | undefined {
  const { actor } = records[index]!
  const next = records.findIndex((record, later) => later > index && record.actor === actor)
  return next >= 0 && records[next]!.type === 'event' ? next : undefined
}

export const without = (records: readonly OracleRecord[], index: number): OracleRecord[] => records.toSpliced(index, 1)
export const replaced = (records: readonly OracleRecord[], index: number, record: OracleRecord): OracleRecord[] =>
  records.with(index, record)
