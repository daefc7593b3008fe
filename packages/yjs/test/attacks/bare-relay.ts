import { applyAwarenessUpdate, Awareness, encodeAwarenessUpdate } from 'y-protocols/awareness'
import * as Y from 'yjs'

export interface BarePeer {
  readonly doc: Y.Doc
  readonly awareness: Awareness
  isOnline: boolean
}

/** What a server of y-websocket's kind does: it applies what comes, and tells everybody. */
export class BareRelay implements Disposable {
  readonly doc = new Y.Doc()
  readonly awareness = new Awareness(this.doc)
  readonly #peers: BarePeer[] = []

  constructor() {
    this.awareness.setLocalState(null)
  }

  join(clientId: number): BarePeer {
    const doc = new Y.Doc()
    doc.clientID = clientId
    const peer: BarePeer = { doc, awareness: new Awareness(doc), isOnline: true }
    this.#peers.push(peer)
    doc.on('update', (update: Uint8Array, origin: unknown) => {
      if (origin !== this && peer.isOnline) this.send(update)
    })
    this.sync(peer)
    return peer
  }

  /** What a client does when it connects: both sides send what the other lacks. */
  sync(peer: BarePeer): void {
    Y.applyUpdate(peer.doc, Y.encodeStateAsUpdate(this.doc, Y.encodeStateVector(peer.doc)), this)
    this.send(Y.encodeStateAsUpdate(peer.doc, Y.encodeStateVector(this.doc)))
    this.show(peer)
    this.sendAwareness(encodeAwarenessUpdate(this.awareness, [...this.awareness.meta.keys()]))
  }

  /** A client tells its own state. */
  show({ awareness }: BarePeer): void {
    this.sendAwareness(encodeAwarenessUpdate(awareness, [awareness.clientID]))
  }

  send(update: Uint8Array): void {
    Y.applyUpdate(this.doc, update, this)
    for (const { doc, isOnline } of this.#peers) if (isOnline) Y.applyUpdate(doc, update, this)
  }

  sendAwareness(update: Uint8Array): void {
    applyAwarenessUpdate(this.awareness, update, this)
    for (const { awareness, isOnline } of this.#peers) if (isOnline) applyAwarenessUpdate(awareness, update, this)
  }

  [Symbol.dispose](): void {
    for (const { doc } of [this, ...this.#peers]) doc.destroy()
  }
}
