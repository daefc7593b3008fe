/** Every limit of one node. Each has a default; Infinity turns it off unless said otherwise. */
export interface Limits {
  /** Largest payload of one event or request, bytes of JSON or binary. The transport cuts off at 4 times that. Default 64 kB. */
  readonly maxPayloadBytes: number
  /** Deepest nesting of a payload. Default 32. */
  readonly maxDepth: number
  /** Keys and array elements of a payload, all levels together. Default 1,000. */
  readonly maxKeys: number
  /** Connections of this node. Default Infinity. */
  readonly maxConnections: number
  /**
   * Connections from one address. Default 10,000, high because whole companies and every load balancer share an address;
   * lower it where clients reach the node directly.
   */
  readonly maxConnectionsPerAddress: number
  /** Rooms that one connection may be in. Default 100. */
  readonly maxRoomsPerConnection: number
  /** Requests of one connection that wait for an answer. Default 1,000. */
  readonly maxPendingRequests: number
  /** Keys of keyed state in one room. Default 10,000. */
  readonly maxStateKeys: number
  /** Deadline for `authenticate`, ms. Default 5,000. */
  readonly authenticateTimeoutMs: number
  /** Time from the transport's handshake to the first namespace, ms. Default 10,000. */
  readonly connectTimeoutMs: number
  /**
   * Budget of one connection, bytes: while more than this is left unwritten from earlier turns, volatile events are shed, newest
   * values conflated and durable events kept for later; never does more than twice this wait, a single larger packet apart. Default 32 kB.
   */
  readonly maxBufferedBytes: number
  /** Points that one view may ask for: 4 for each key, field and pixel. Default 1,000,000. */
  readonly maxViewPoints: number
  /** Views of series that one connection may have. Default 64. */
  readonly maxViewsPerConnection: number
  /** Tracks, one field of one key each, that the views of one connection may have together. Default 20,000. */
  readonly maxViewTracksPerConnection: number
  /** How long presence outlives an unexpected disconnect, ms. Default 8,000. */
  readonly presenceGraceMs: number
  /** How long a room without members keeps its subscription, ms. Default 10,000. */
  readonly roomLingerMs: number
}

export const defaultLimits: Limits = {
  maxPayloadBytes: 64 * 1024,
  maxDepth: 32,
  maxKeys: 1_000,
  maxConnections: Infinity,
  maxConnectionsPerAddress: 10_000,
  maxRoomsPerConnection: 100,
  maxPendingRequests: 1_000,
  maxStateKeys: 10_000,
  authenticateTimeoutMs: 5_000,
  connectTimeoutMs: 10_000,
  maxBufferedBytes: 32 * 1024,
  maxViewPoints: 1_000_000,
  maxViewsPerConnection: 64,
  maxViewTracksPerConnection: 20_000,
  presenceGraceMs: 8_000,
  roomLingerMs: 10_000,
}
