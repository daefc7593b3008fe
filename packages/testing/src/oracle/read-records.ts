import { parsePosition } from '@millrace/contract'
import type { OracleRecord, RecordType } from './oracle-record.ts'

type Check = (value: unknown) => boolean

const text: Check = (value) => typeof value === 'string'
const position: Check = (value) => parsePosition(value) !== undefined
const oneOf =
  (...values: readonly string[]): Check =>
  (value) =>
    values.includes(value as string)

const key: Check = (value) => value === null || typeof value === 'string'
const members: { readonly [T in RecordType]: Readonly<Record<string, Check>> } = {
  attempt: { key: text, hash: text },
  ack: { key: text, position },
  refused: { key: text, code: text },
  unknown: { key: text },
  joined: {},
  left: {},
  event: { position, key, hash: text },
  gap: { reason: oneOf('epoch', 'rewound', 'trimmed'), from: position, to: position },
  stored: { position, prev: text, key, hash: text },
  top: { position },
  history: { maxEvents: Number.isSafeInteger, hasSnapshot: (value) => typeof value === 'boolean' },
  loss: { cause: oneOf('erased', 'restored') },
}

/**
 * Reads JSON lines, one record each; empty lines are passed over.
 *
 * @throws Error that names the first line which is no record: evidence that cannot be read proves nothing.
 */
export function readRecords(text: string): readonly OracleRecord[] {
  return text.split('\n').flatMap((line, index) => (line.trim() === '' ? [] : [readRecord(line, index + 1)]))
}

function readRecord(line: string, number: number): OracleRecord {
  try {
    const value = JSON.parse(line) as Record<string, unknown>
    if (isRecord(value)) return value
  } catch (error) {
    throw new Error(`line ${number} is not JSON; was it written in one piece? ${line.slice(0, 200)}`, { cause: error })
  }
  throw new Error(`line ${number} is not a record of the oracle; compare it with OracleRecord: ${line.slice(0, 200)}`)
}

function isRecord(value: Record<string, unknown>): value is OracleRecord & Record<string, unknown> {
  if (typeof value !== 'object' || value === null || !text(value.actor) || !text(value.room)) return false
  const { type } = value
  if (typeof type !== 'string' || !Object.hasOwn(members, type)) return false
  return Object.entries(members[type as RecordType]).every(([name, check]) => check(value[name]))
}
