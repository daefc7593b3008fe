import type { WireError } from '@millrace/contract'

/** A request as a store keeps it. Plain values and bytes: what the structured clone of a browser takes. */
export interface StoredRequest {
  readonly key: string
  readonly room: string
  readonly params: unknown
  readonly name: string
  readonly input: unknown
  /** Wall time of `send()`, ms since 1970. */
  readonly at: number
  /** Tells requests of one millisecond apart. */
  readonly seq: number
  readonly state: 'pending' | 'failed'
  readonly error: WireError | undefined
  /** Wall time of the first attempt that may have reached the server; undefined where none may have. */
  readonly firstSentAt: number | undefined
}

/** What a store found: the key under which it is kept, and the record, which may be damaged. */
export interface FoundRequest {
  readonly key: string
  readonly record: unknown
}

export interface StoreEvents {
  /**
   * Requests whose outbox is gone belong to this one now. Called with what was there before `open()` resolves, and later
   * whenever another outbox of the same scope ends.
   */
  adopt(found: readonly FoundRequest[]): void
  /** A fault that no call reports. */
  fault(error: unknown): void
}

/** The part of a store that belongs to one outbox. Calls take effect in the order in which they are made. */
export interface OpenOutboxStore {
  put(request: StoredRequest): Promise<void>
  remove(key: string): Promise<void>
  /** What is left belongs to the next outbox of the scope, or to another one that is open. */
  close(): Promise<void>
}

/** Where an outbox keeps its requests. Rejects where it cannot; then the outbox goes on in memory. */
export interface OutboxStore {
  /** @param scope Outboxes of different scopes never see each other's requests. */
  open(scope: string, events: StoreEvents): Promise<OpenOutboxStore>
}
