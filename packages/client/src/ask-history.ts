import { fail, wireNames, type Position, type WireHistoryPage } from '@millrace/contract'
import type { CallOptions } from './call.ts'
import type { Host } from './host.ts'
import { readHistory, type HistoryQuery, type PastPage } from './read-history.ts'
import type { RoomSession } from './room-session.ts'
import { readWireError } from './wire-failure.ts'

const defaultLimit = 50

/** One page of a room's past. It changes nothing, so it is asked again after a reconnect and never `OUTCOME_UNKNOWN`. */
export async function askHistory(host: Host, session: RoomSession, query: HistoryQuery & CallOptions): Promise<PastPage> {
  const { before, after, limit = defaultLimit, timeoutMs = host.requestTimeoutMs, signal } = query
  if (before !== undefined && after !== undefined) throw fail('INVALID_INPUT', 'history takes either before or after; leave one out')
  const unreachable = host.start()
  if (unreachable) throw unreachable
  const edge: Position | string | undefined = after ?? before
  const position = typeof edge === 'object' ? { position: edge } : {}
  const direction = after === undefined ? 'before' : 'after'
  const answer = await host.requests.send({
    lane: session.lane.name,
    bytes: 0,
    what: `history of ${session.what}`,
    name: wireNames.history,
    input: undefined,
    isEvent: false,
    isRead: true,
    key: host.random.id(),
    timeoutMs,
    signal,
    encode: (room) => ({ room, direction, limit, ...position }),
  })
  if (!answer.ok) throw readWireError(answer.error, 'the history was refused')
  return readHistory(session.address.entry, answer.data as WireHistoryPage, host.report)
}
