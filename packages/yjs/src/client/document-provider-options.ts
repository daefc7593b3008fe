import type { RoomClient } from '@millrace/client'
import type { Clock, MillraceError, Random } from '@millrace/contract'
import type { Awareness } from 'y-protocols/awareness'
import type { Doc } from 'yjs'
import type { DocumentEntry } from '../contract/index.ts'
import type { ProviderStatus } from './provider-status.ts'

export interface DocumentProviderOptions<R extends DocumentEntry> {
  /** Not joined by the application: the provider joins and leaves. */
  readonly room: RoomClient<R>
  readonly doc: Doc
  /** Default: a new one, which ends with the provider. */
  readonly awareness?: Awareness
  /**
   * Keeps the document in the browser's IndexedDB under this name, so that it opens without a connection and unsent edits survive a
   * reload. The name must tell users apart, too: unsent edits are sent by whoever opens them. Default: nothing is kept.
   */
  readonly persist?: { readonly name: string }
  /** Default true; false: `connect()` joins. */
  readonly connect?: boolean
  /** Faults that nobody waits for, for example a listener that threw. Default: they go unnoticed. */
  readonly onError?: (error: unknown) => void
  readonly clock?: Clock
  readonly random?: Random
}

/** What `on` takes. */
export type DocumentProviderEvents = {
  readonly status: (event: { readonly status: ProviderStatus }) => void
  /** Whether all that the server has is here. */
  readonly sync: (isSynced: boolean) => void
  /** How many edits are not stored; 0: all are. */
  readonly unsaved: (count: number) => void
  readonly access: (canWrite: boolean) => void
  /** The server does not take the edits that wait; they stay in the document. Tried again with the next join. */
  readonly refused: (refusal: { readonly error: MillraceError }) => void
  /** The server, or a client that is closed or gave up, ended the membership; `connect()` begins again. */
  readonly ended: (error: MillraceError) => void
  /** What was kept in IndexedDB is in the document. */
  readonly loaded: () => void
}
