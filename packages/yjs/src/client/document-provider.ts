import { systemClock, systemRandom, type Off } from '@millrace/client'
import { fail, type GapReason, type MillraceError, type Random } from '@millrace/contract'
import { ObservableV2 } from 'lib0/observable'
import { Awareness } from 'y-protocols/awareness'
import type { Doc } from 'yjs'
import type { DocumentEntry } from '../contract/index.ts'
import { announce, shownAtFirst, type Tell } from './announce.ts'
import { Awaited } from './awaited.ts'
import { drawClientId } from './client-id.ts'
import { compareWithServer, type Replica } from './compare-with-server.ts'
import { documentRoomOf } from './document-room.ts'
import { DocumentSync } from './document-sync.ts'
import type { DocumentProviderEvents, DocumentProviderOptions } from './document-provider-options.ts'
import { KeptCopy } from './kept-copy.ts'
import type { ProviderStatus } from './provider-status.ts'
import { reauthor } from './reauthor.ts'
import { RoomAwareness } from './room-awareness.ts'
import { StayIn } from './stay-in.ts'
import { watchDocument } from './watch-document.ts'

const taken = new WeakSet<object>()

/**
 * Keeps a `Y.Doc` and a document of the server the same, with the surface that editors expect of a Yjs provider. What comes from the
 * server has the provider as its origin.
 *
 * @throws Error where the room has a provider already, or the awareness is of another document.
 */
export class DocumentProvider<R extends DocumentEntry = DocumentEntry> extends ObservableV2<DocumentProviderEvents> {
  readonly doc: Doc
  readonly awareness: Awareness
  readonly #replica: Replica
  readonly #sync: DocumentSync
  readonly #presence: RoomAwareness
  readonly #stay: StayIn
  readonly #random: Random
  readonly #report: (thrown: unknown) => void
  readonly #offs: Off[] = []
  readonly #kept: KeptCopy
  readonly #awaited = new Awaited()
  #shown = shownAtFirst
  #isDestroyed = false

  constructor(options: DocumentProviderOptions<R>) {
    super()
    const { doc, awareness, persist, connect = true, clock = systemClock, random = systemRandom } = options
    if (awareness && awareness.doc !== doc)
      throw new Error('the awareness is of another document; create it with `doc`')
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
    this.#presence = new RoomAwareness({
      ...this.#replica,
      awareness: this.awareness,
      clock,
      random,
      report: this.#report,
    })
    this.#stay = new StayIn(room, clock, random, {
      joining: (isBare) => this.#presence.joining(isBare),
      entered: (recovered) => this.#entered(recovered),
      out: () => this.#out(),
      ended: (error) => this.#tell('ended', error),
      changed,
      renew: () => this.#presence.renew(),
    })
    this.#random = random
    this.#listen()
    if (!awareness) this.#offs.push(() => this.awareness.destroy())
    this.#kept = new KeptCopy(doc, persist?.name, { loaded: () => this.#tell('loaded'), report: this.#report })
    void this.#kept.whenRead.then(() => this.#sync.ready())
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
    return this.#isDestroyed ? Promise.reject(destroyed()) : this.#awaited.wait()
  }

  /** Resolves once what was kept in IndexedDB is in the document, or nothing could be read. */
  whenLoaded(): Promise<void> {
    return this.#kept.whenRead
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
    await this.#kept.remove()
  }

  /** Leaves, and lets go of everything. The document itself stays. */
  override destroy(): void {
    if (this.#isDestroyed) return
    this.#isDestroyed = true
    this.#presence.end()
    this.#stay.leave()
    for (const off of this.#offs) off()
    this.#awaited.neverWill(destroyed())
    taken.delete(this.#replica.room)
    super.destroy()
    this.#kept.close()
  }

  #listen(): void {
    const { room } = this.#replica
    const off = watchDocument(this.awareness, {
      edited: (update, origin) => {
        if (origin !== this && !this.#kept.isOrigin(origin)) this.#sync.edited(update)
      },
      spoke: (origin) => this.#presence.changed(origin),
      ended: () => this.destroy(),
    })
    this.#offs.push(
      off,
      room.on('update', (update) => this.#sync.received(update)),
      room.on('gap', ({ reason }) => this.#gap(reason)),
      room.presence.on(() => this.#presence.show()),
    )
  }

  #entered(recovered: boolean): void {
    this.#presence.joined()
    this.#sync.joined(recovered)
  }

  #out(): void {
    this.#presence.out()
    this.#sync.out()
    this.#changed()
  }

  #gap(reason: GapReason): void {
    // Who brings the content back also takes the client ids in it: this replica goes on under another.
    if (reason !== 'trimmed') this.#presence.renew()
    this.#sync.gap()
  }

  #changed(): void {
    const { status, synced: isSynced, unsaved, canWrite } = this
    const before = this.#shown
    this.#shown = { status, isSynced, unsaved, canWrite }
    if (isSynced) this.#awaited.happened()
    announce(before, this.#shown, this.#tell)
  }

  readonly #tell: Tell = (name, ...args) => {
    try {
      this.emit(name, args)
    } catch (thrown) {
      this.#report(thrown)
    }
  }
}

function destroyed(): MillraceError {
  return fail('DISCONNECTED', 'the provider was destroyed; create another one')
}
