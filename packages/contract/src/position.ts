/**
 * A place in a room's history. Offsets alone lie: a store restored from an older copy issues the same offsets again in
 * the same epoch, so a position also names the entry that stands there.
 */
export interface Position {
  /** Names one history; a store that lost its history begins a new one. */
  readonly epoch: string
  /** 0 before the first entry, then 1, 2, 3 without holes. */
  readonly offset: number
  /** The entry's id, 64 random bits; `''` before the first entry. */
  readonly id: string
}

/** The part of an entry that decides whether it is the next one. */
export interface Link {
  readonly epoch: string
  readonly offset: number
  readonly id: string
  /** The id of the entry before it. */
  readonly prev: string
}

/**
 * - `next`: deliver it.
 * - `seen`: at or below the top, drop it.
 * - `hole`: entries are missing before it.
 * - `rewound`: the store went back in time and wrote another entry at a known offset.
 * - `epoch`: it belongs to another history.
 */
export type Step = 'next' | 'seen' | 'hole' | 'rewound' | 'epoch'

/** How `entry` relates to the `top` that was delivered last. Entries further back than the top count as `seen`. */
export function step(top: Position, entry: Link): Step {
  if (entry.epoch !== top.epoch) return 'epoch'
  if (entry.offset === top.offset + 1) return entry.prev === top.id ? 'next' : 'rewound'
  if (entry.offset > top.offset) return 'hole'
  return entry.offset === top.offset && entry.id !== top.id ? 'rewound' : 'seen'
}

export function samePosition(a: Position, b: Position): boolean {
  return a.epoch === b.epoch && a.offset === b.offset && a.id === b.id
}

/** Reads a position that crossed a trust border; anything else is `undefined`. */
export function parsePosition(value: unknown): Position | undefined {
  const { epoch, offset, id } = (value ?? {}) as Record<string, unknown>
  if (typeof epoch !== 'string' || epoch.length === 0 || epoch.length > 64) return undefined
  if (!isCount(offset)) return undefined
  if (typeof id !== 'string' || id.length > 32 || (id === '') !== (offset === 0)) return undefined
  return { epoch, offset, id }
}

/** A whole number from 0, which JSON carries exactly. */
export function isCount(value: unknown): value is number {
  return Number.isSafeInteger(value) && (value as number) >= 0
}
