import { systemClock, systemRandom, type Off, type RoomClient } from '@millrace/client'
import { fail, type Clock, type MillraceError, type Random } from '@millrace/contract'
import { ObservableV2 } from 'lib0/observable'
import { Awareness, removeAwarenessStates } from 'y-protocols/awareness'
import type { Doc } from 'yjs'
import type { DocumentEntry } from '../contract/index.ts'
import { documentRoomOf, type DocumentRoom } from './document-room.ts'
import { DocumentSync } from './document-sync.ts'
import { openLocalCopy, type LocalCopy } from './local-copy.ts'
import { OwnState } from './own-state.ts'
import type { ProviderStatus } from './provider-status.ts'
import { RemoteStates } from './remote-states.ts'
import { StayIn } from './stay-in.ts'

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

const taken = new WeakSet<object>()

/**
 * Keeps a `Y.Doc` and a document of the server the same, with the surface that editors expect of a Yjs provider. What comes from the
 * server has the provider as its origin.
 *
 * @throws Error where the room has a provider already.
 */
export class DocumentProvider<R extends DocumentEntry = DocumentEntry> extends ObservableV2<DocumentProviderEvents> {
  readonly doc: Doc
  readonly awareness: Awareness
  readonly #room: DocumentRoom
  readonly #sync: DocumentSync
  readonly #own: OwnState
  readonly #remote: RemoteStates
  readonly #stay: StayIn
  readonly #report: (thrown: unknown) => void
  readonly #offs: Off[] = []
  readonly #waiting = new Set<() => void>()
  readonly #copy: Promise<LocalCopy | undefined>
  #copyOrigin: unknown
  #told = { status: 'disconnected' as ProviderStatus, isSynced: false, unsaved: 0, canWrite: true }
  #isDestroyed = false

  constructor(options: DocumentProviderOptions<R>) {
    super()
    const { doc, awareness, persist, connect = true, clock = systemClock, random = systemRandom } = options
    if (taken.has(options.room)) throw new Error('this document has a provider already; use it, or destroy it first')
    taken.add(options.room)
    const room = documentRoomOf(options.room)
    this.doc = doc
    this.awareness = awareness ?? new Awareness(doc)
    this.#room = room
    this.#report = options.onError ?? (() => undefined)
    const changed = () => this.#changed()
    const refused = (error: MillraceError) => this.#tell('refused', { error })
    this.#sync = new DocumentSync({ room, doc, clock, random, origin: this, changed, refused, report: this.#report })
    this.#own = new OwnState(this.awareness, clock, (state) => void room.presence.set(state).catch(this.#report))
    this.#remote = new RemoteStates(this.awareness, this)
    this.#stay = new StayIn(room, this.#own, clock, random, {
      entered: (recovered) => this.#entered(recovered),
      out: () => this.#out(),
      ended: (error) => this.#tell('ended', error),
      changed,
    })
    this.#listen()
    if (!awareness) this.#offs.push(() => this.awareness.destroy())
    this.#copy = persist ? this.#load(persist.name) : Promise.resolve(undefined)
    if (!persist) this.#sync.ready()
    if (connect) this.connect()
  }

  get status(): ProviderStatus {
    return this.#stay.status
  }

  /** All that the server has is here. What is not stored yet is another matter: `unsaved`. */
  get synced(): boolean {
    return this.#sync.isSynced
  }

  /** As the server said last; true before. */
  get canWrite(): boolean {
    return this.#sync.canWrite
  }

  /** Edits that are not stored, as far as is known. Those that a local copy brought count once the document was opened. */
  get unsaved(): number {
    return this.#sync.unsaved
  }

  /** Resolves once `synced`; rejects with `DISCONNECTED` where the provider is destroyed before. */
  get whenSynced(): Promise<void> {
    if (this.synced) return Promise.resolve()
    return new Promise((resolve, reject) => {
      const gone = () => reject(fail('DISCONNECTED', 'the provider was destroyed; create another one'))
      if (this.#isDestroyed) return gone()
      this.#waiting.add(gone)
      const listener = this.on('sync', (isSynced) => {
        if (!isSynced) return
        this.off('sync', listener)
        this.#waiting.delete(gone)
        resolve()
      })
    })
  }

  /** Resolves once what was kept in IndexedDB is in the document, or nothing could be read. */
  async whenLoaded(): Promise<void> {
    await this.#copy
  }

  connect(): void {
    if (!this.#isDestroyed) this.#stay.connect()
  }

  /** Leaves the room. Edits go on here, and are sent after `connect()`. */
  disconnect(): void {
    this.#stay.leave()
  }

  /** Leaves, and removes what is kept in IndexedDB. Edits that are not stored are gone with it. */
  async forget(): Promise<void> {
    this.destroy()
    const copy = await this.#copy
    await copy?.remove()
  }

  /** Leaves, and lets go of everything. The document itself stays. */
  override destroy(): void {
    if (this.#isDestroyed) return
    this.#isDestroyed = true
    removeAwarenessStates(this.awareness, [this.awareness.clientID], 'local')
    this.#stay.leave()
    for (const off of this.#offs) off()
    for (const gone of this.#waiting) gone()
    taken.delete(this.#room)
    super.destroy()
    this.#copy.then((copy) => copy?.close()).catch(this.#report)
  }

  #listen(): void {
    const { doc, awareness } = this
    const edited = (update: Uint8Array, origin: unknown) => {
      if (origin !== this && origin !== this.#copyOrigin) this.#sync.edited(update)
    }
    const spoke = (_changes: unknown, origin: unknown) => {
      if (origin !== this) this.#own.changed()
    }
    const destroyed = () => this.destroy()
    doc.on('update', edited)
    doc.on('destroy', destroyed)
    awareness.on('change', spoke)
    this.#offs.push(
      () => doc.off('update', edited),
      () => doc.off('destroy', destroyed),
      () => awareness.off('change', spoke),
      this.#room.on('update', (update) => this.#sync.received(update)),
      this.#room.on('gap', () => this.#sync.gap()),
      this.#room.presence.on(() => this.#showMembers()),
    )
  }

  async #load(name: string): Promise<LocalCopy | undefined> {
    try {
      const copy = await openLocalCopy(name, this.doc, (origin) => (this.#copyOrigin = origin))
      this.#tell('loaded')
      return copy
    } catch (thrown) {
      this.#report(thrown)
      return undefined
    } finally {
      this.#sync.ready()
    }
  }

  #entered(recovered: boolean): void {
    this.#own.joined()
    this.#showMembers()
    this.#sync.joined(recovered)
  }

  #out(): void {
    this.#own.out()
    this.#remote.clear()
    this.#sync.out()
    this.#changed()
  }

  #showMembers(): void {
    if (this.status === 'connected') this.#remote.show(this.#room.presence.members())
  }

  #changed(): void {
    const before = this.#told
    const { status, synced: isSynced, unsaved, canWrite } = this
    this.#told = { status, isSynced, unsaved, canWrite }
    if (status !== before.status) this.#tell('status', { status })
    if (canWrite !== before.canWrite) this.#tell('access', canWrite)
    if (isSynced !== before.isSynced) this.#tell('sync', isSynced)
    if (unsaved !== before.unsaved) this.#tell('unsaved', unsaved)
  }

  #tell<N extends keyof DocumentProviderEvents>(name: N, ...args: Parameters<DocumentProviderEvents[N]>): void {
    try {
      this.emit(name, args)
    } catch (thrown) {
      this.#report(thrown)
    }
  }
}
