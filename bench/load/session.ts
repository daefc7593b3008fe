import type { Payload, Quote } from '../payload.ts'
import type { ChartQuery, Viewed } from './chart-view.ts'

/** What a session tells the load. */
export interface SessionListener {
  /** Authenticated and in the room. */
  joined(): void
  delivered(payload: Payload | Quote): void
  answered(payload: Payload): void
  viewed(view: Viewed): void
  /** The server refused, or said what it should not have said. */
  failed(reason: string): void
}

/** What a client that comes back shows to miss nothing; each protocol has its own. */
export type Bookmark = object

/** One client's half of a contender's protocol, without the socket. */
export interface Session {
  /** Undefined where nothing was received that could be continued, or where the protocol knows no recovery. */
  readonly bookmark: Bookmark | undefined
  opened(): void
  received(text: string): void
  /** What came as bytes. */
  receivedBytes(bytes: Buffer): void
  /** Asks for an echo. */
  request(payload: Payload): void
  /** Asks for a chart. */
  view(query: ChartQuery): void
  /** Ends what the last `view` began. */
  unview(): void
}

export interface SessionOptions {
  readonly token: string
  /** Tells clients apart. */
  readonly index: number
  readonly room: string
  /** Of an earlier session of this client. A server that does not continue there has failed. */
  readonly bookmark: Bookmark | undefined
  readonly send: (text: string) => void
  readonly listener: SessionListener
}

export interface Protocol {
  /** What a client that does not read sends, so that the server holds it for living. Undefined where nothing has to be. */
  readonly sign: string | undefined
  /** Path and query of the handshake. */
  path(token: string): string
  open(options: SessionOptions): Session
}
