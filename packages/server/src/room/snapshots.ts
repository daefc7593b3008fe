import { guardWire, parse, type Position } from '@millrace/contract'
import { maxAttachments } from '../connection/max-attachments.ts'
import { countBytes } from '../has-bytes.ts'
import type { RoomKind } from '../namespace.ts'
import type { Node } from '../node.ts'
import type { RoomLog } from './room-log.ts'

/** The truth of a room at `position` or a little later. */
export interface Snapshot {
  readonly position: Position
  readonly value: unknown
}

/** Reads a room's snapshot. Everyone who asks while it is read gets the same one. */
export class Snapshots {
  readonly #node: Node
  readonly #kind: RoomKind
  readonly #params: unknown
  readonly #log: RoomLog
  #reading: Promise<Snapshot> | undefined

  constructor(node: Node, kind: RoomKind, params: unknown, log: RoomLog) {
    this.#node = node
    this.#kind = kind
    this.#params = params
    this.#log = log
  }

  /** Whether the room has any. */
  get isDeclared(): boolean {
    return this.#kind.handlers.snapshot !== undefined
  }

  read(): Promise<Snapshot> {
    this.#reading ??= this.#read().finally(() => (this.#reading = undefined))
    return this.#reading
  }

  /** One that stands at `floor` or later, where the node has flushed so far. */
  async readFrom(floor: Position): Promise<Snapshot> {
    const shared = await this.read()
    return isBehind(shared.position, floor) ? this.read() : shared
  }

  async #read(): Promise<Snapshot> {
    const position = this.#log.flushed
    const value = await this.#kind.handlers.snapshot?.({ params: this.#params })
    const schema = this.#kind.entry.snapshot
    if (schema) {
      const parsed = await parse(schema, value, `snapshot of ${this.#kind.name}`)
      if (!parsed.ok) throw parsed.error
      const refusal = guardWire(value, { maxDepth: this.#node.limits.maxDepth, maxKeys: Infinity })
      if (refusal) throw refusal
      if (countBytes(value) > maxAttachments)
        throw new Error(`a snapshot holds at most ${maxAttachments} values of bytes; put them into one`)
    }
    return { position, value }
  }
}

/** Whether `position` is of another history than `other`, or before it. */
export function isBehind(position: Position, other: Position): boolean {
  return position.epoch !== other.epoch || position.offset < other.offset
}
