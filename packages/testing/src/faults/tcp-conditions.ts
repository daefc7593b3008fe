/** Seen from the client that the proxy stands in front of. */
export type Direction = 'toTarget' | 'toClient'
export const directions: readonly Direction[] = ['toTarget', 'toClient']

/** What the network does to every byte. */
export interface TcpConditions {
  /** Each byte arrives so much later, ms. */
  delayMs: number
  /** Writes of at most so many bytes, 1 ms apart at least. */
  sliceBytes: number
  bytesPerSecond: number
  /** Bytes vanish, and nobody hears of the end of a connection. */
  readonly dropped: Set<Direction>
  /** Bytes wait until the network is as it should be again. */
  readonly held: Set<Direction>
}

export interface DirectionCounts {
  toTarget: number
  toClient: number
}

export interface TcpCounts {
  /** Ever accepted. */
  connections: number
  readonly passedBytes: DirectionCounts
  readonly droppedBytes: DirectionCounts
}

export function calmConditions(): TcpConditions {
  return { delayMs: 0, sliceBytes: Infinity, bytesPerSecond: Infinity, dropped: new Set(), held: new Set() }
}
