import { maxAttachments } from '../connection/max-attachments.ts'
import type { Payload } from '../ports/event-log.ts'

/** What is looked at to tell how long an event will be on the wire. */
export interface Framed {
  readonly name: string
  readonly payload: Payload
  readonly from: string | null
  readonly key?: string | null
}

/** Ids, time, quotes and commas of one entry in a frame. */
export const frameOverheadBytes = 48
/** The same and the position, of an entry that is an event of its own. */
export const singleOverheadBytes = 200

/** The same events in as many lists as they need frames: each has as much as fits into the bytes, one event at least. */
export function inFrames<T extends Framed>(events: readonly T[], maxBytes: number): readonly (readonly T[])[] {
  if (events.length === 1) return [events]
  const frames: (readonly T[])[] = []
  for (let start = 0; start < events.length;) {
    const end = endOfFrame(events, start, maxBytes, frameOverheadBytes)
    frames.push(start === 0 && end === events.length ? events : events.slice(start, end))
    start = end
  }
  return frames
}

/** Index after the last event of a frame that begins at `start`. */
export function endOfFrame(events: readonly Framed[], start: number, maxBytes: number, overheadBytes: number): number {
  let bytes = frameOverheadBytes * 3 // the frame's own head
  let attachments = 0
  for (let index = start; index < events.length; index++) {
    const event = events[index]!
    if (typeof event.payload !== 'string') attachments++
    bytes += bytesOf(event) + overheadBytes
    if (index > start && (bytes > maxBytes || attachments > maxAttachments)) return index
  }
  return events.length
}

function bytesOf({ name, payload, from, key }: Framed): number {
  const bytes = typeof payload === 'string' ? Buffer.byteLength(payload) : payload.byteLength
  return bytes + name.length + (from?.length ?? 0) + (key?.length ?? 0)
}
