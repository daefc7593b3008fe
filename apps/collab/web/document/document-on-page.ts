import type { RoomClient } from '@millrace/client'
import * as Y from 'yjs'
import type { collab } from '../../contract.ts'
import { Changing } from '../changing.ts'
import { CopyNews } from '../copy/copy-news.ts'
import { putBack } from '../copy/put-back.ts'
import { nothingYet, openLiveDocument, type LiveDocument, type LiveState } from './live-document.ts'

export interface Shown {
  /** Undefined for the moment before it is opened. */
  readonly live: LiveDocument | undefined
  readonly state: LiveState
  /** Nothing may be written: the copy is about to be another. */
  readonly isChanging: boolean
}

const nothing: Shown = { live: undefined, state: nothingYet, isChanging: false }

/** A document as long as it is on the page, opened anew where the copy of this browser became another. */
export class DocumentOnPage {
  readonly shown = new Changing<Shown>(nothing)
  readonly #room: RoomClient<typeof collab.rooms.page>
  readonly #name: string
  #news: CopyNews | undefined

  constructor(room: RoomClient<typeof collab.rooms.page>, name: string) {
    this.#room = room
    this.#name = name
  }

  /** Opens it. @returns What ends that. */
  hold(): () => void {
    this.#news = new CopyNews(this.#name, () => this.#reopen())
    this.#open()
    return () => {
      this.#news?.close()
      this.#news = undefined
      this.#end()
    }
  }

  /** What the server does not take becomes new edits, which it does take. Rejects where that failed; then all is as it was. */
  putBack(): Promise<void> {
    return this.#change(({ doc, provider }) => putBack(this.#room, { name: this.#name, doc, provider }))
  }

  /** The document becomes what the server has. Edits that it does not have are gone. */
  discard(): Promise<void> {
    return this.#change(({ provider }) => provider.forget())
  }

  /** What this device keeps of it goes. What is on the page stays there until it is left. */
  async forget(): Promise<void> {
    await this.shown.read().live?.provider.forget()
  }

  async #change(work: (live: LiveDocument) => Promise<void>): Promise<void> {
    const { live, isChanging } = this.shown.read()
    if (!live || isChanging) return
    this.#show({ isChanging: true })
    let isDone = false
    try {
      await work(live)
      isDone = true
      this.#news?.replaced(this.#name)
    } finally {
      // Unless it left the page, or another tab was faster.
      if (this.shown.read().live === live) this.#after(live, isDone)
    }
  }

  /** What did not come as far as to end the document leaves it as it is. */
  #after({ doc, provider }: LiveDocument, isDone: boolean): void {
    if (provider.status !== 'disconnected') return this.#show({ isChanging: false })
    // Where this browser could not keep some of it, the page had the only copy.
    const before = isDone ? undefined : Y.encodeStateAsUpdate(doc)
    this.#reopen()
    const { live } = this.shown.read()
    // With an origin, so that undoing does not take it back.
    if (before && live) Y.applyUpdate(live.doc, before, this)
  }

  #reopen(): void {
    this.#end()
    this.#open()
  }

  #open(): void {
    const live = openLiveDocument(this.#room, this.#name, (state) => this.#show({ state }))
    this.#show({ live })
  }

  #end(): void {
    const { live } = this.shown.read()
    this.shown.set(nothing)
    live?.end()
  }

  #show(change: Partial<Shown>): void {
    this.shown.set({ ...this.shown.read(), ...change })
  }
}
