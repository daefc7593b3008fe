import type { EventEntry } from './event-entry.ts'
import type { RequestEntry } from './request-entry.ts'
import type { RoomEntry } from './room-entry.ts'

/** What one namespace offers: requests from client to server, questions and events from server to client, and rooms. */
export interface Contract {
  /** A Socket.IO namespace, for example `/chat`. */
  readonly namespace: string
  /** What a client asks the server. */
  readonly requests?: Readonly<Record<string, RequestEntry>>
  /** What the server asks one connection. */
  readonly questions?: Readonly<Record<string, RequestEntry>>
  /** What the server tells one connection, or all of one user. */
  readonly events?: Readonly<Record<string, EventEntry>>
  readonly rooms?: Readonly<Record<string, RoomEntry>>
}
