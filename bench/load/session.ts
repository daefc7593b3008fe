import type { Payload } from '../payload.ts'

/** What a session tells the load. */
export interface SessionListener {
  /** Authenticated and in the room. */
  joined(): void
  delivered(payload: Payload): void
  answered(payload: Payload): void
  /** The server refused, or said what it should not have said. */
  failed(reason: string): void
}

/** One client's half of a contender's protocol, without the socket. */
export interface Session {
  opened(): void
  received(text: string): void
  /** Asks for an echo. */
  request(payload: Payload): void
}

export interface SessionOptions {
  readonly token: string
  /** Tells clients apart. */
  readonly index: number
  readonly room: string
  readonly send: (text: string) => void
  readonly listener: SessionListener
}

export interface Protocol {
  /** Path and query of the handshake. */
  path(token: string): string
  open(options: SessionOptions): Session
}
