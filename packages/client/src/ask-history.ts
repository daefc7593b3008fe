import { fail, wireNames, type WireHistoryPage } from '@millrace/contract'
import type { CallOptions } from './call.ts'
import type { Host } from './host.ts'
import { unwrap } from './outcome.ts'
import { readHistory, type HistoryQuery, type PastPage } from './read-history.ts'
import type { RoomSession } from './room-session.ts'
import { sendOn } from './submit.ts'

const defaultLimit = 50

/** One page of a room's past. */
export async function askHistory(
  host: Host,
  session: RoomSession,
  query: HistoryQuery & CallOptions,
): Promise<PastPage> {
  const { before, after, limit = defaultLimit, timeoutMs, signal } = query
  if (before && after) throw fail('INVALID_INPUT', 'history takes either before or after; leave one out')
  const edge = after ?? before
  const position = typeof edge === 'object' ? edge : undefined
  const direction = after ? 'after' : 'before'
  const encode = (room: number | undefined) => ({ room, direction, limit, position })
  const call = { what: `history of ${session.what}`, name: wireNames.history, timeoutMs, signal, encode }
  const answer = await unwrap(sendOn(host, session.lane, call))
  return readHistory(session.address.entry, answer as WireHistoryPage, host.report)
}
