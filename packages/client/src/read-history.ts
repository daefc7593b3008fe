import type { GapReason, Position, RoomEntry, WireHistoryPage } from '@millrace/contract'
import { bareName, parseEvent } from './parse-event.ts'

export interface HistoryQuery {
  /** The entries before this position, itself not included; `end`: the newest. */
  readonly before?: Position | 'end'
  /** The entries after this position, itself not included; `start`: the oldest that are retained. */
  readonly after?: Position | 'start'
  /** 1 to 500. Default 50. */
  readonly limit?: number
}

interface PastEvent {
  readonly name: string
  readonly payload: unknown
  readonly position: Position
  readonly key: string | null
  readonly from: string | null
  readonly at: number
}

export interface PastPage {
  readonly events: readonly PastEvent[]
  /** Of the first and the last entry of the page, for the next query; undefined where the page is empty. */
  readonly from: Position | undefined
  readonly to: Position | undefined
  readonly more: boolean
  readonly gap: GapReason | undefined
}

/** Parses a page. Entries that do not fit this client's contract are reported and left out. */
export async function readHistory(
  entry: RoomEntry,
  page: WireHistoryPage,
  report: (error: unknown) => void,
): Promise<PastPage> {
  const events: PastEvent[] = []
  const positions: Position[] = []
  for (const [index, past] of page.entries.entries()) {
    if (!past) continue
    const [id, versioned, wire, at, from = null, key = null] = past
    const position = { epoch: page.epoch, offset: page.from + index, id }
    positions.push(position)
    const payload = await parseEvent(entry.events, versioned, wire, 'durable')
    if (payload.ok) events.push({ name: bareName(versioned), payload: payload.value, position, key, from, at })
    else report(payload.error)
  }
  return { events, from: positions[0], to: positions.at(-1), more: page.more, gap: page.gap }
}
