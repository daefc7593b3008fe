import type { Payload } from './ports/event-log.ts'

/** What a payload takes in UTF-8. */
export function payloadBytes(payload: Payload): number {
  return typeof payload === 'string' ? Buffer.byteLength(payload) : payload.byteLength
}
