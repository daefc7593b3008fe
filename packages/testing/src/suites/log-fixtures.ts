import { defaultHistory } from '@millrace/contract'
import {
  logFaults,
  type Append,
  type Entry,
  type EventLog,
  type LogFaults,
  type LogGap,
  type LogPage,
  type LogQuery,
} from '@millrace/server'

/** An append with what the test does not care about filled in. */
export function appendOf(payload: Append['payload'], rest: Partial<Append> = {}): Append {
  return { name: 'message', payload, key: null, from: null, history: defaultHistory, ...rest }
}

/** Appends one entry per text and waits for each. */
export async function appendAll(
  log: EventLog,
  room: string,
  texts: readonly string[],
  rest: Partial<Append> = {},
): Promise<void> {
  for (const text of texts) await log.append(room, appendOf(JSON.stringify(text), rest))
}

export function readAll(log: EventLog, room: string, query: Partial<LogQuery> = {}): Promise<LogPage | LogGap> {
  return log.read(room, { direction: 'after', position: null, limit: 1_000_000, maxBytes: Infinity, ...query })
}

/** @throws Error where the answer is a gap. */
export async function readEntries(
  log: EventLog,
  room: string,
  query: Partial<LogQuery> = {},
): Promise<readonly Entry[]> {
  const answer = await readAll(log, room, query)
  if (answer.kind === 'gap')
    throw new Error(`expected a page, got the gap ${answer.reason}; look at the position of the query`)
  return answer.entries
}

export function textsOf(entries: readonly Entry[]): unknown[] {
  return entries.map(({ payload }) => (typeof payload === 'string' ? (JSON.parse(payload) as unknown) : payload))
}

/** @throws Error for a log that cannot be harmed. */
export function faultsOf(log: EventLog): LogFaults {
  const faults = (log as EventLog & { readonly [logFaults]?: LogFaults })[logFaults]
  if (faults === undefined) throw new Error('this log has no faults; implement logFaults from @millrace/server')
  return faults
}
