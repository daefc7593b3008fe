import type { GapReason, Position } from '@millrace/contract'
import type { OracleRecord } from '@millrace/testing'

const room = 'hall'

/** The entry at an offset; a branch is what was written after a rewind, another epoch what came after everything was lost. */
export function at(offset: number, branch = '', epoch = 'one'): Position {
  return { epoch, offset, id: offset === 0 ? '' : `${epoch}-${branch}${offset}` }
}

const hashOf = (key: string) => `hash of ${key}`

export const attempt = (key: string): OracleRecord => ({ actor: 'ada', room, type: 'attempt', key, hash: hashOf(key) })
export const ack = (key: string, position: Position): OracleRecord => ({
  actor: 'ada',
  room,
  type: 'ack',
  key,
  position,
})
export const refused = (key: string): OracleRecord => ({
  actor: 'ada',
  room,
  type: 'refused',
  key,
  code: 'UNAVAILABLE',
})
export const unknown = (key: string): OracleRecord => ({ actor: 'ada', room, type: 'unknown', key })
export const joined = (actor = 'bob'): OracleRecord => ({ actor, room, type: 'joined' })
export const left = (actor = 'bob'): OracleRecord => ({ actor, room, type: 'left' })
export const event = (key: string, position: Position, actor = 'bob', hash = hashOf(key)): OracleRecord => ({
  actor,
  room,
  type: 'event',
  position,
  key,
  hash,
})
export const gap = (reason: GapReason, from: Position, to: Position, actor = 'bob'): OracleRecord => ({
  actor,
  room,
  type: 'gap',
  reason,
  from,
  to,
})
export const stored = (key: string, position: Position, prev: string): OracleRecord => ({
  actor: 'database',
  room,
  type: 'stored',
  position,
  prev,
  key,
  hash: hashOf(key),
})
export const top = (position: Position): OracleRecord => ({ actor: 'database', room, type: 'top', position })
export const history = (maxEvents: number, hasSnapshot = false): OracleRecord => ({
  actor: 'operator',
  room,
  type: 'history',
  maxEvents,
  hasSnapshot,
})
export const loss = (cause: 'erased' | 'restored'): OracleRecord => ({ actor: 'operator', room, type: 'loss', cause })

/** Keys `k1` to `k<count>`, published one after the other and delivered to bob, all of it stored. */
export function cleanRun(count: number): OracleRecord[] {
  const numbers = Array.from({ length: count }, (_, index) => index + 1)
  return [
    joined(),
    ...numbers.flatMap((n) => [attempt(`k${n}`), event(`k${n}`, at(n)), ack(`k${n}`, at(n))]),
    ...numbers.map((n) => stored(`k${n}`, at(n), at(n - 1).id)),
    top(at(count)),
  ]
}
