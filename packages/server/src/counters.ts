/** What one node has done since it was opened; gauges say how it is now. */
export interface Counters {
  /** Requests and events of clients. */
  requestsIn: number
  /** Publishes and appended samples of this node, whoever asked for them. */
  updatesIn: number
  /** Packets written, each counted once per connection. */
  framesOut: number
  /** Bytes of them, UTF-8 or binary, without what the transport adds. */
  bytesOut: number
  /** Volatile events that a connection was not sent, since it did not take what it was given before. */
  shed: number
  /** Newest values that a connection was not sent, since newer ones replaced them before it could take them. */
  conflated: number
  /** How often a connection fell behind in a room. */
  behind: number
  /** Durable entries that were read again for connections that had fallen behind, or came back. */
  refilled: number
  /** Connections closed with `SLOW`. */
  closedSlow: number
}

export function createCounters(): Counters {
  return {
    requestsIn: 0,
    updatesIn: 0,
    framesOut: 0,
    bytesOut: 0,
    shed: 0,
    conflated: 0,
    behind: 0,
    refilled: 0,
    closedSlow: 0,
  }
}
