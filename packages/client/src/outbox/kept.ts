import type { RequestEntry } from '@millrace/contract'
import type { Room } from '../room.ts'
import type { KeptRequest } from './kept-request.ts'
import type { StoredRequest } from './outbox-store.ts'

/** One request of an outbox, and what only the outbox knows of it. */
export interface Kept {
  readonly request: KeptRequest
  readonly entry: RequestEntry
  readonly room: Room
  readonly seq: number
  /** Of its input. */
  readonly bytes: number
  /** As in `StoredRequest`. */
  readonly firstSentAt: number | undefined
}

export function toStored({ request, seq, firstSentAt }: Kept): StoredRequest {
  const { key, room, params, name, input, at, state, error } = request
  return { key, room, params, name, input, at, seq, state, error: error?.toWire(), firstSentAt }
}

/** Older first. */
export function compareKept(a: Kept, b: Kept): number {
  return a.request.at - b.request.at || a.seq - b.seq
}

export function whatIs({ request }: Kept): string {
  return `request ${request.name}`
}
