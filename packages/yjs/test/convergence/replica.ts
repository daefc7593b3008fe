import type { RoomClient } from '@millrace/client'
import type { Cable, Pair, SeededRandom, Told } from '@millrace/testing'
import { DocumentProvider } from '@millrace/yjs/client'
import * as Y from 'yjs'
import { notes } from '../server/fixtures/notes.ts'
import { editOf, type Edit, type Ledger } from './ledger.ts'
import { paste, randomEdit } from './random-edit.ts'

export type NoteEntry = (typeof notes)['rooms']['note']

export interface ReplicaParts {
  readonly pair: Pair
  readonly random: SeededRandom
  readonly ledger: Ledger
  /** Forgets what was not stored when it reloads: a seeded bug. */
  readonly isForgetful: boolean
}

/** Origin of what its user does, so that undo takes back nothing else. */
const own = Symbol('edited here')
const fromCopy = Symbol('read from the copy')

/** One device of one user: a document, its provider, and what the browser keeps of it over reloads. */
export class Replica {
  readonly user: string
  /** Refusals that nobody meant. */
  readonly refusals: string[] = []
  readonly #parts: ReplicaParts
  #doc!: Y.Doc
  #undo!: Y.UndoManager
  #cable!: Cable
  #room!: RoomClient<NoteEntry>
  #provider!: DocumentProvider<NoteEntry>
  #close: () => Promise<void> = async () => undefined
  /** What IndexedDB would hold. */
  #copy: Uint8Array[] = []
  /** Not acknowledged yet. */
  #waiting: Edit[] = []
  #hasOpened = false

  constructor(user: string, node: number, parts: ReplicaParts) {
    this.user = user
    this.#parts = parts
    this.#start(node)
  }

  get doc(): Y.Doc {
    return this.#doc
  }

  get cable(): Cable {
    return this.#cable
  }

  get room(): RoomClient<NoteEntry> {
    return this.#room
  }

  get provider(): DocumentProvider<NoteEntry> {
    return this.#provider
  }

  get isDone(): boolean {
    const { status, synced, unsaved } = this.#provider
    return status === 'connected' && synced && unsaved === 0
  }

  get progress(): string {
    const { status, synced, unsaved, canWrite } = this.#provider
    return JSON.stringify({ user: this.user, status, synced, unsaved, canWrite })
  }

  edit(mark: string): void {
    this.#editing(mark, () => randomEdit(this.#doc, this.#parts.random, mark, own))
  }

  paste(mark: string): void {
    this.#editing(mark, () => paste(this.#doc, this.#parts.random, mark, own))
  }

  undo(mark: string): void {
    this.#taking(mark, () => this.#undo.undo())
  }

  redo(mark: string): void {
    this.#taking(mark, () => this.#undo.redo())
  }

  /** The page is opened anew, without a word to the server. Without its copy what was not stored is gone. */
  async reload(keepsCopy: boolean, told: Told): Promise<void> {
    const { node } = this.#cable
    this.#cable.cut(told)
    await this.end()
    if (!keepsCopy) {
      this.#copy = []
      this.#waiting = []
    }
    this.#start(node)
  }

  async end(): Promise<void> {
    this.#provider.destroy()
    this.#undo.destroy()
    this.#doc.destroy()
    await this.#close()
  }

  #start(node: number): void {
    const { pair, random } = this.#parts
    const doc = new Y.Doc()
    doc.clientID = Math.floor(random.fraction() * 2 ** 32)
    this.#doc = doc
    for (const update of this.#copy) Y.applyUpdate(doc, update, fromCopy)
    const { client, cable } = pair.client({ auth: { user: this.user } })
    cable.node = node
    this.#cable = cable
    this.#close = () => client.close()
    this.#room = client.use(notes).room('note', { noteId: 'one' })
    this.#hasOpened = false
    const { clock } = pair
    this.#provider = new DocumentProvider({
      room: this.#room,
      doc,
      clock,
      random,
      onError: (error) => this.refusals.push(`${this.user} reported ${String(error)}`),
    })
    const scope = [doc.getText('text'), doc.getMap('map'), doc.getArray('list'), doc.getXmlFragment('xml')]
    const marks = [doc.getMap('marks'), doc.getArray('order')]
    // 0 ms: every transaction is undone alone, however fast they come.
    this.#undo = new Y.UndoManager([...scope, ...marks], { trackedOrigins: new Set([own]), captureTimeout: 0 })
    this.#listen()
  }

  #listen(): void {
    const provider = this.#provider
    const acknowledge = () => {
      if (provider !== this.#provider) return
      this.#hasOpened ||= provider.synced
      if (!this.#hasOpened || provider.unsaved > 0) return
      this.#parts.ledger.acknowledged(this.#waiting)
      this.#waiting = []
      if (this.#parts.isForgetful) this.#copy = [Y.encodeStateAsUpdate(this.#doc)]
    }
    provider.on('unsaved', acknowledge)
    provider.on('sync', acknowledge)
    provider.on('refused', ({ error }) => {
      if (error.code !== 'FORBIDDEN' || provider.canWrite)
        this.refusals.push(`${this.user} was refused: ${String(error)}`)
    })
    if (this.#parts.isForgetful) return
    this.#doc.on('update', (update: Uint8Array) => this.#copy.push(update))
  }

  /** Undoing may take marks away, and bring back what it took. */
  #taking(mark: string, run: () => void): void {
    const before = [...this.#doc.getMap('marks').keys()]
    this.#editing(mark, run)
    const { undone } = this.#parts.ledger
    undone.add(mark) // it has none
    for (const known of before) if (!this.#doc.getMap('marks').has(known)) undone.add(known)
  }

  #editing(mark: string, run: () => void): void {
    const updates: Uint8Array[] = []
    const note = (update: Uint8Array) => void updates.push(update)
    // Before the provider hears of it, which may be done at once where nothing is to be sent.
    this.#doc.on('update', note)
    run()
    this.#doc.off('update', note)
    this.#waiting.push(...updates.map((update) => editOf(mark, update)))
  }
}
