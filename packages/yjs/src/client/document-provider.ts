import { systemClock, systemRandom, type Off } from '@millrace/client'
import { fail, type GapReason, type MillraceError, type Random } from '@millrace/contract'
import { ObservableV2 } from 'lib0/observable'
import { Awareness, removeAwarenessStates } from 'y-protocols/awareness'
import type { Doc } from 'yjs'
import type { DocumentEntry } from '../contract/index.ts'
import { drawClientId, renewClientId } from './client-id.ts'
import { compareWithServer, type Replica } from './compare-with-server.ts'
import { documentRoomOf } from './document-room.ts'
import { DocumentSync } from './document-sync.ts'
import type { DocumentProviderEvents, DocumentProviderOptions } from './document-provider-options.ts'
import { openLocalCopy, type LocalCopy } from './local-copy.ts'
import { OwnState } from './own-state.ts'
import type { ProviderStatus } from './provider-status.ts'
import { reauthor } from './reauthor.ts'
import { RemoteStates } from './remote-states.ts'
import { StayIn } from './stay-in.ts'

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
  readonly #replica: Replica
  readonly #sync: DocumentSync
  readonly #own: OwnState
  readonly #remote: RemoteStates
  readonly #stay: StayIn
  readonly #random: Random
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
    this.#replica = { room, doc, origin: this }
    this.#report = options.onError ?? (() => undefined)
    const changed = () => this.#changed()
    const refused = (error: MillraceError) => this.#tell('refused', { error })
    this.#sync = new DocumentSync({ ...this.#replica, clock, random, changed, refused, report: this.#report })
    this.#own = new OwnState({
      awareness: this.awareness,
      spareId: drawClientId(random),
      clock,
      send: (state) => room.presence.set(state),
      report: this.#report,
    })
    this.#remote = new RemoteStates(this.awareness, this)
    this.#stay = new StayIn(room, this.#own, clock, random, {
      entered: (recovered) => this.#entered(recovered),
      out: () => this.#out(),
      ended: (error) => this.#tell('ended', error),
      changed,
      renew: () => renewClientId(this.awareness, random),
    })
    this.#random = random
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

  /**
   * What the server does not have, under new client ids: for edits that it refuses, because their client ids became another user's or
   * they depend on such. A new `Y.Doc` that has what the server has takes them, and its provider sends them. Undefined: nothing lacks.
   * Rejects with a MillraceError where the server cannot be asked.
   */
  async rescue(): Promise<Uint8Array | undefined> {
    const { missing } = await compareWithServer(this.#replica)
    return missing && reauthor(missing, () => drawClientId(this.#random))
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
    taken.delete(this.#replica.room)
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
      this.#replica.room.on('update', (update) => this.#sync.received(update)),
      this.#replica.room.on('gap', ({ reason }) => this.#gap(reason)),
      this.#replica.room.presence.on(() => this.#showMembers()),
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

  #gap(reason: GapReason): void {
    // Who brings the content back also takes the client ids in it: this replica goes on under another.
    if (reason !== 'trimmed') renewClientId(this.awareness, this.#random)
    this.#sync.gap()
  }

  #showMembers(): void {
    if (this.status === 'connected') this.#remote.show(this.#replica.room.presence.members())
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
