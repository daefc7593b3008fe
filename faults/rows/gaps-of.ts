import type { OracleRecord } from '@millrace/testing'
import type { Journal } from '../load/journal.ts'
import type { Member } from '../load/member.ts'

export type Gap = Extract<OracleRecord, { readonly type: 'gap' }>

/** What the member was told to have missed in the room, in order. */
export function gapsOf({ records }: Journal, { name }: Member, room: string): readonly Gap[] {
  return records.filter(
    (record): record is Gap => record.type === 'gap' && record.actor === name && record.room === room,
  )
}
