import { fail, samePosition, type Position } from '@millrace/contract'
import type { Entry, RoomStorage } from '@millrace/server'
import { systemClock } from '@millrace/server/core'
import { decodeClocks, extendClocks } from './clocks.ts'
import { isLarge } from './large-update.ts'
import { leftOut, lookAtLargeStored, lookAtStored } from './look-at-stored.ts'
import { Pieces, type TailPiece } from './pieces.ts'
import { decodeSnapshot, snapshotName, type Snapshot } from './snapshot-blob.ts'

/** A document as the store has it. */
export interface LoadedDocument {
  readonly pieces: Pieces
  readonly known: Map<number, number>
  /** The last entry that was read. */
  readonly top: Position
  /** Of the snapshot; null where there is none. */
  readonly revision: string | null
  /** Entries that are no updates, or refer to what is not there. They are left out. */
  readonly faults: readonly Error[]
}

/** Entries of one page. */
const pageEntries = 500
const pageBytes = 4_000_000

/** Bytes that are looked at before other work gets its turn, and for how many an entry counts beside its own. */
const mostWork = 64 * 1024
const entryWork = 300

/** How often the log may be trimmed under the reader before it gives up. */
const maxAttempts = 5

/** Reads the snapshot and the log after it, without making a document of them. Rejects as the store does. */
export async function loadDocument(storage: RoomStorage): Promise<LoadedDocument> {
  for (let attempt = 1; ; attempt++) {
    const blob = await storage.blobs.read(snapshotName)
    const snapshot = blob && decodeSnapshot(blob.bytes)
    const tail = await readTail(storage, snapshot?.through ?? null, attempt === maxAttempts)
    if (tail) return await assemble(snapshot, blob?.revision ?? null, tail)
    // Another node has written a newer snapshot meanwhile.
    if (attempt === maxAttempts) throw fail('UNAVAILABLE', 'the document changes faster than it can be read; try again')
  }
}

interface Tail {
  readonly entries: readonly Entry[]
  readonly top: Position
}

/** Undefined where the log was trimmed beyond `through`: the snapshot is not the newest one. */
async function readTail(storage: RoomStorage, through: Position | null, isLast: boolean): Promise<Tail | undefined> {
  const entries: Entry[] = []
  let position = through
  for (;;) {
    const page = await storage.read({ direction: 'after', position, limit: pageEntries, maxBytes: pageBytes })
    if (page.kind === 'gap') {
      // Another history than that of the snapshot, all of it is after; or one that was cut by somebody else.
      if (entries.length > 0 || (page.reason === 'trimmed' && !isLast)) return undefined
      if (position === null) return { entries, top: page.top }
      position = null
      continue
    }
    const first = page.entries[0]
    if (through === null && entries.length === 0 && first && first.offset > 1 && !isLast) return undefined
    entries.push(...page.entries)
    const last = entries.at(-1)
    if (!page.more || last === undefined) return { entries, top: last ? positionOf(last) : page.top }
    position = positionOf(last)
  }
}

async function assemble(
  snapshot: Snapshot | undefined,
  revision: string | null,
  { entries, top }: Tail,
): Promise<LoadedDocument> {
  const known = snapshot ? decodeClocks(snapshot.stateVector) : new Map<number, number>()
  const tail: TailPiece[] = []
  const faults: Error[] = []
  let workload = 0
  for (const entry of entries) {
    workload += entryWork + payloadLength(entry)
    if (workload > mostWork) {
      await new Promise<void>((resolve) => systemClock.defer(resolve))
      workload = 0
    }
    try {
      const update = updateOf(entry)
      const stored = isLarge(update) ? await lookAtLargeStored(update, known) : lookAtStored(update, known)
      extendClocks(known, stored.clocks)
      tail.push({ offset: entry.offset, update: stored.update })
    } catch (error) {
      faults.push(leftOut(entry, error))
    }
  }
  return { pieces: new Pieces(snapshot?.update, tail), known, top, revision, faults }
}

function payloadLength({ payload }: Entry): number {
  return typeof payload === 'string' ? payload.length : payload.byteLength
}

/** @throws Error where it holds no bytes. */
export function updateOf(entry: Entry): Uint8Array {
  if (typeof entry.payload === 'string') throw new Error('it holds text')
  return entry.payload
}

export function positionOf({ epoch, offset, id }: Position): Position {
  return { epoch, offset, id }
}

/** Whether `entry` follows `top` in the same history. */
export function isNext(top: Position, entry: Entry): boolean {
  return entry.epoch === top.epoch && entry.offset === top.offset + 1 && entry.prev === top.id
}

/** Whether `entry` is at or below `top` in the same history. */
export function isSeen(top: Position, entry: Entry): boolean {
  return (
    entry.epoch === top.epoch && entry.offset <= top.offset && (entry.offset < top.offset || samePosition(top, entry))
  )
}
