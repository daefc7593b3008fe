interface Seen {
  /** Monotonic ms; one clock for the whole run. */
  readonly at: number
}

/** A process runs from here on. */
interface StartRecord extends Seen {
  readonly type: 'start'
  readonly actor: string
}

/** The operator ends a process. */
interface StopRecord extends Seen {
  readonly type: 'stop'
  readonly actor: string
  /** `term`: it is asked to, and owes exit code 0. */
  readonly how: 'kill' | 'term'
}

interface ExitRecord extends Seen {
  readonly type: 'exit'
  readonly actor: string
  readonly code: number | null
  readonly signal: number | null
}

/** The operator breaks something, after which what was healed before is not judged as such any more. */
interface BreakRecord extends Seen {
  readonly type: 'break'
}

/** The operator took back everything that it had broken. */
export interface HealRecord extends Seen {
  readonly type: 'heal'
}

/** What one node says of itself and what its members hear. */
export interface HearingRecord extends Seen {
  readonly type: 'hearing'
  readonly actor: string
  /** What `/readyz` says; null: no answer. */
  readonly isReady: boolean | null
  /** How long ago the oldest event was acknowledged that its members still lack, ms; 0 where they lack none. */
  readonly behindMs: number
}

/** How much of something a process holds. */
interface LevelRecord extends Seen {
  readonly type: 'level'
  readonly actor: string
  /** For example `timers`. */
  readonly what: string
  readonly value: number
  /** At the baseline: how much more is no leak. Null: to be compared with the baseline. */
  readonly allowance: number | null
}

/** From `at + withinMs` on, until the next such record, the user is in the room or is not; in between either is right. */
export interface MemberRecord extends Seen {
  readonly type: 'member'
  readonly room: string
  readonly user: string
  readonly isIn: boolean
  readonly withinMs: number
}

/** Whom an observer sees in a room, until its next view. Null: it does not see all of it. */
export interface ViewRecord extends Seen {
  readonly type: 'view'
  readonly actor: string
  readonly room: string
  readonly users: readonly string[] | null
}

interface OpenedRecord extends Seen {
  readonly type: 'opened'
  readonly connection: string
  readonly user: string
}

interface ClosedRecord extends Seen {
  readonly type: 'closed'
  readonly connection: string
}

/** Connections of the user that were open are to be closed in time. */
interface RevokedRecord extends Seen {
  readonly type: 'revoked'
  readonly user: string
  readonly withinMs: number
}

/** What one actor of a run saw of the cluster, beside what the rooms carried. In ascending order of time. */
export type ClusterRecord =
  | StartRecord
  | StopRecord
  | ExitRecord
  | BreakRecord
  | HealRecord
  | HearingRecord
  | LevelRecord
  | MemberRecord
  | ViewRecord
  | OpenedRecord
  | ClosedRecord
  | RevokedRecord

export type ClusterRecordType = ClusterRecord['type']
export type ClusterRecordOf<T extends ClusterRecordType> = Extract<ClusterRecord, { readonly type: T }>
