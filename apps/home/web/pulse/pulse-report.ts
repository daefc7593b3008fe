import type { Absence } from './absences.ts'
import type { Tally } from './tally.ts'

/** What a visitor may do to the connection, to the client, to the server, and to the Redis of a cluster. */
export type Break = 'cut' | 'slow' | 'kill' | 'freeze'

/** What the worker tells the page, ten times a second while it is not blocked. */
export interface PulseReport {
  readonly tally: Tally
  /** How often the room was joined again. */
  readonly reconnects: number
  /** The id of the connection; undefined while there is none. */
  readonly connection: string | undefined
  /** Of the server that this client was connected to last; undefined where it is not told. */
  readonly process: number | undefined
  /** The name of that server, where it has one. */
  readonly node: string | undefined
  /** How many there are. */
  readonly nodes: number | undefined
  readonly canFreeze: boolean
  readonly people: number | undefined
  readonly absence: Absence | undefined
  /** What is under way. */
  readonly breaking: Break | undefined
  readonly outcome: Outcome | undefined
}

/** What became of the last break. */
export interface Outcome {
  /** Counts the breaks. */
  readonly number: number
  readonly kind: Break
  /** Undefined where the connection held. */
  readonly absence: Absence | undefined
  readonly worstDelayMs: number
  /** The longest time without an event. */
  readonly silenceMs: number
  /** What people call each; set where another one took over. */
  readonly server: { readonly before: string; readonly after: string } | undefined
  /** Each since the break began. */
  readonly lost: number
  readonly repeated: number
  readonly told: number
  /** Why it could not be done; empty where it was. */
  readonly fault: string
}

export interface PulseCommand {
  readonly do: Break
}
