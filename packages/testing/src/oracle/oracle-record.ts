import type { GapReason, Position } from '@millrace/contract'

interface Said {
  /** A client, the `database`, or the `operator` who broke something. */
  readonly actor: string
  readonly room: string
}

/** An operation is about to begin. Its key names it: no two operations of a room share one. */
export interface AttemptRecord extends Said {
  readonly type: 'attempt'
  readonly key: string
  /** `payloadHash` of what is published. */
  readonly hash: string
}

export interface AckRecord extends Said {
  readonly type: 'ack'
  readonly key: string
  readonly position: Position
}

/** An error that says that nothing happened. */
export interface RefusedRecord extends Said {
  readonly type: 'refused'
  readonly key: string
  readonly code: string
}

export interface UnknownRecord extends Said {
  readonly type: 'unknown'
  readonly key: string
}

/** The join was answered. A reconnect is no new join. */
export interface JoinedRecord extends Said {
  readonly type: 'joined'
}

/** From here on the member is owed nothing. */
export interface LeftRecord extends Said {
  readonly type: 'left'
}

export interface EventRecord extends Said {
  readonly type: 'event'
  readonly position: Position
  readonly key: string | null
  readonly hash: string
}

export interface GapRecord extends Said {
  readonly type: 'gap'
  readonly reason: GapReason
  readonly from: Position
  readonly to: Position
}

/** An entry that the log retains when everything is over, in ascending order. */
export interface StoredRecord extends Said {
  readonly type: 'stored'
  readonly position: Position
  readonly prev: string
  readonly key: string | null
  readonly hash: string
}

/** The log's top when everything is over; without it, nothing is compared with what is stored. */
export interface TopRecord extends Said {
  readonly type: 'top'
  readonly position: Position
}

/** What the room may forget. A room without this record forgets nothing. */
export interface HistoryRecord extends Said {
  readonly type: 'history'
  readonly maxEvents: number
  /** Whether the room has a snapshot: then a gap may reach up to the top. */
  readonly hasSnapshot: boolean
}

/** The store lost data from here on: all of it, or what came after the copy that was restored. */
export interface LossRecord extends Said {
  readonly type: 'loss'
  readonly cause: 'erased' | 'restored'
}

/** What one actor saw or did. Actors that share a process share the order of their lines. */
export type OracleRecord =
  | AttemptRecord
  | AckRecord
  | RefusedRecord
  | UnknownRecord
  | JoinedRecord
  | LeftRecord
  | EventRecord
  | GapRecord
  | StoredRecord
  | TopRecord
  | HistoryRecord
  | LossRecord

export type RecordType = OracleRecord['type']
export type RecordOf<T extends RecordType> = Extract<OracleRecord, { readonly type: T }>
