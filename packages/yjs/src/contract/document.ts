import {
  bytes,
  event,
  request,
  room,
  type EventEntry,
  type BytesSchema,
  type RequestEntry,
  type RoomEntry,
  type Schema,
} from '@millrace/contract'
import { json, listOf, orNull, record, text, truth, whole } from './shapes.ts'

/** Largest part of an update that travels in one request, bytes; below the default `maxPayloadBytes` of a server. */
export const maxPartBytes = 48 * 1024

/** Largest update, bytes: it is one entry of the log, and a store takes no larger ones. */
const mostUpdateBytes = 4_000_000
const defaultMaxBytes = 16_000_000
/** What a store keeps at most under one name, less what stands beside the document. */
const mostBytes = 30_000_000

export interface DocumentOptions<P extends Schema | undefined, U extends Schema> {
  /** Tells documents of this kind apart. */
  readonly params: P
  /** What readers see of who is here: name, colour. From the server, never from the client. */
  readonly user: U
  /** Largest document as one update, bytes. Default 16,000,000, at most 30,000,000. */
  readonly maxBytes?: number
  /** Largest single update, bytes; larger than a payload it travels in parts. Default and most: 4,000,000. */
  readonly maxUpdateBytes?: number
  /** Largest awareness state of one client, characters of JSON. Default 4,000. */
  readonly maxAwareness?: number
  /** 1 to 1,000,000, default 1. */
  readonly version?: number
}

/** One kept version of a document. `kind`: made by itself while it was edited, or named by somebody. */
const versionShape = record({
  id: text(1, 64),
  kind: text(1, 16) as Schema<'automatic' | 'named'>,
  name: text(0, 200),
  /** ms since 1970. */
  at: whole(0, Number.MAX_SAFE_INTEGER),
  /** User id of who named it; null for automatic ones. */
  by: orNull(text(0, 1_000)),
  byteLength: whole(0, Number.MAX_SAFE_INTEGER),
})

const nothing = record({})
const versionId = record({ id: text(1, 64) })

/** A whole Yjs client id: 32 bits without sign, as Yjs draws them; larger ones lose bits in some of its encodings. */
const clientId = whole(0, 2 ** 32 - 1)

const requests = {
  /**
   * `stateVector`: what the client has, null for nothing. `updates`: what it lacks, each update with its length before it as a
   * variable-length integer (lib0 `writeVarUint8Array`). `known`: the state vector of what is stored.
   */
  open: request({
    input: record({ stateVector: orNull(bytes({ maxBytes: maxPartBytes })) }),
    output: record({ updates: bytes(), known: bytes(), canWrite: truth() }),
    idempotent: true,
  }),
  /** A Yjs update, version 1. Answered when it is stored. */
  'update.send': request({ input: bytes({ maxBytes: maxPartBytes }), output: nothing, idempotent: true }),
  /** One part of a larger update, in the order of `index`; the last is answered when the update is stored. */
  'update.part': request({
    input: record({
      upload: text(1, 64),
      index: whole(0, 10_000),
      count: whole(1, 10_000),
      bytes: bytes({ maxBytes: maxPartBytes }),
    }),
    output: nothing,
    idempotent: true,
  }),
  'version.list': request({
    input: nothing,
    output: record({ versions: listOf(versionShape, 1_000) }),
    idempotent: true,
  }),
  'version.save': request({ input: record({ name: text(1, 200) }), output: versionShape }),
  'version.rename': request({ input: record({ id: text(1, 64), name: text(1, 200) }), output: versionShape }),
  'version.remove': request({ input: versionId, output: nothing }),
  /** The document as it was, one update. */
  'version.read': request({ input: versionId, output: record({ update: bytes() }), idempotent: true }),
  /** Makes the document what it was, as an edit that everybody gets; what it is now is kept as a version before. */
  'version.restore': request({ input: versionId, output: nothing }),
} satisfies Record<string, RequestEntry>

export type DocumentRequests = typeof requests

/** What one client says of itself: its Yjs client id and its awareness state, null while it shows none. */
export interface AwarenessState {
  readonly clientId: number
  readonly state: unknown
}

export interface DocumentLimits {
  readonly maxBytes: number
  readonly maxUpdateBytes: number
}

/** A room whose durable events are Yjs updates. */
export type DocumentEntry<P extends Schema | undefined = Schema | undefined, U extends Schema = Schema> = RoomEntry<
  {
    readonly presence: { readonly user: U; readonly state: Schema<AwarenessState> }
    readonly events: {
      readonly update: EventEntry<BytesSchema, 'durable', 'server'>
      /** Versions were saved, renamed or removed. */
      readonly versions: EventEntry<Schema<{ readonly [K in never]: never }>, 'volatile', 'server'>
    }
    readonly requests: DocumentRequests
    readonly history: { readonly maxEvents: number; readonly maxBytes: number; readonly ttlSeconds: number }
    readonly document: DocumentLimits
  } & (P extends Schema ? { readonly params: P } : unknown)
>

/**
 * A collaborative Yjs document, as a room of a contract. The server keeps all of it: the log is trimmed only after a snapshot holds
 * what it held. `documentRoom` implements it, `DocumentProvider` edits it.
 *
 * @throws Error where a limit is out of its range.
 */
export function document<P extends Schema | undefined, U extends Schema>(
  options: DocumentOptions<P, U>,
): DocumentEntry<P, U> {
  const { params, user, maxBytes = defaultMaxBytes, maxUpdateBytes = mostUpdateBytes, maxAwareness = 4_000 } = options
  assertWithin('maxBytes', maxBytes, mostBytes)
  assertWithin('maxUpdateBytes', maxUpdateBytes, mostUpdateBytes)
  return room({
    ...(params ? { params } : {}),
    ...(options.version === undefined ? {} : { version: options.version }),
    presence: { user, state: record({ clientId, state: json(maxAwareness) }) },
    events: {
      update: event(bytes(), { maxPayloadBytes: maxUpdateBytes }),
      versions: event(nothing, { delivery: 'volatile' }),
    },
    requests,
    history: { maxEvents: Infinity, maxBytes: Infinity, ttlSeconds: Infinity },
    document: { maxBytes, maxUpdateBytes },
  } as never) as unknown as DocumentEntry<P, U>
}

function assertWithin(name: string, value: number, most: number): void {
  if (!Number.isInteger(value) || value < 1_000 || value > most)
    throw new Error(`${name} of a document must be a whole number, 1000 to ${most}`)
}
