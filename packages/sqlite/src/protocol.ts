import type { Position, StatePosition } from '@millrace/contract'
import type {
  Append,
  Blob,
  BlobInfo,
  BlobWrite,
  BlobWritten,
  Claim,
  LogGap,
  LogPage,
  LogQuery,
  SeriesAppended,
  SeriesPage,
  SeriesPlan,
  SeriesQuery,
  StateUpdate,
  StateValue,
} from '@millrace/server'
import type { PackedSamples } from './packed-samples.ts'

/** What the main thread asks of the worker and what it is answered, by kind. */
export interface Operations {
  /** `id` becomes the id of the entry, should one be made. */
  append: { ask: { readonly room: string; readonly id: string } & Append; answer: StoredEntry }
  read: { ask: { readonly room: string; readonly query: LogQuery }; answer: LogPage | LogGap }
  tails: { ask: { readonly rooms: readonly string[] }; answer: readonly Position[] }
  trim: { ask: { readonly room: string; readonly through: Position }; answer: null }
  /** For tests. */
  keep: { ask: { readonly room: string; readonly keepEvents: number }; answer: null }
  rewind: { ask: { readonly room: string; readonly toOffset: number }; answer: null }
  write: {
    ask: { readonly room: string; readonly value: StateValue; readonly maxKeys: number; readonly id: string }
    answer: StatePosition
  }
  readState: { ask: { readonly room: string; readonly since: StatePosition | undefined }; answer: StateUpdate }
  listBlobs: { ask: { readonly room: string; readonly prefix: string }; answer: readonly BlobInfo[] }
  readBlob: { ask: { readonly room: string; readonly name: string }; answer: Blob | undefined }
  /** `revision` becomes the blob's, should it be written. */
  writeBlob: { ask: { readonly room: string; readonly revision: string } & BlobWrite; answer: BlobWritten }
  removeBlob: {
    ask: { readonly room: string; readonly name: string; readonly revision: string | undefined }
    answer: boolean
  }
  appendSamples: { ask: { readonly series: string; readonly plan: SeriesPlan } & PackedSamples; answer: SamplesAnswer }
  readSeries: {
    ask: { readonly series: string; readonly query: SeriesQuery; readonly plan: SeriesPlan }
    answer: SeriesPage
  }
  claim: { ask: { readonly key: string; readonly digest: string; readonly claimant: string }; answer: Claim }
  settle: { ask: { readonly key: string; readonly answer: string }; answer: null }
  release: { ask: { readonly key: string }; answer: null }
  forget: { ask: { readonly key: string }; answer: null }
  /** A node closed: what it claimed and did not settle is lost. */
  abandon: { ask: { readonly claimant: string }; answer: null }
  /** Trims and forgets by age, some rooms at a time; the answer is the next cursor, null at the end. Rooms in use stay. */
  sweep: {
    ask: { readonly cursor: number; readonly logRooms: readonly string[]; readonly stateRooms: readonly string[] }
    answer: number | null
  }
  /** As `sweep`, of series; those that are used stay. */
  sweepSeries: { ask: { readonly cursor: number; readonly used: readonly string[] }; answer: number | null }
}

export type Kind = keyof Operations
export type OperationOf<K extends Kind> = { readonly kind: K } & Operations[K]['ask']
export type Operation = { [K in Kind]: OperationOf<K> }[Kind]

export interface StoredEntry extends Position {
  readonly prev: string
  readonly at: number
  readonly duplicate: boolean
}

export interface SamplesAnswer extends SeriesAppended {
  /** The samples that changed nothing, by their index: refused, or equal to the newest. */
  readonly passed: readonly number[]
}

/** What the operations of one tick of the main thread become: one transaction, perhaps together with the next batches. */
export interface Batch {
  readonly serial: number
  /** Wall time, ms since 1970. */
  readonly now: number
  /** The epoch of rooms that this batch creates. */
  readonly epoch: string
  readonly operations: readonly Operation[]
}

export interface Refusal {
  readonly code: 'INVALID_INPUT' | 'OVERLOADED' | 'UNAVAILABLE' | 'OUTCOME_UNKNOWN'
  readonly message: string
}

export type Result = { readonly ok: unknown } | { readonly refused: Refusal }

export interface BatchAnswer {
  readonly serial: number
  /** One for each operation, in their order. */
  readonly results: readonly Result[]
}

/** `close` comes last: the worker closes the file and ends. */
export type ToWorker = Batch | 'close'

export type FromWorker =
  | { readonly kind: 'opened' }
  /** The worker ends after it. */
  | { readonly kind: 'failed'; readonly reason: string }
  | { readonly kind: 'answers'; readonly answers: readonly BatchAnswer[] }

export interface WorkerOptions {
  readonly file: string
  readonly maxRooms: number
  readonly maxKeys: number
  /** Names of kept bytes in one room. */
  readonly maxBlobs: number
  readonly maxAnswerBytes: number
  readonly maxStateChanges: number
  readonly maxFileBytes: number
  /** For how long keys of appends and requests are remembered. */
  readonly keyWindowMs: number
  /** For how long epoch and top of a room outlive its history. */
  readonly metadataMs: number
}
