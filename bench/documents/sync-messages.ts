import { readVarUint, readVarUint8Array, type Decoder } from 'lib0/decoding'
import { encode, writeVarUint, writeVarUint8Array, type Encoder } from 'lib0/encoding'
import type { DocumentListener } from './document-session.ts'

/** The sync protocol of y-protocols, which y-websocket and Hocuspocus speak. Source: PROTOCOL.md of y-protocols. */
const step1 = 0
const step2 = 1
const update = 2

/** What a document that has nothing shows, and what it lacks: no clients, no structs, no deletions. */
const noState = Uint8Array.of(0)
const noUpdate = Uint8Array.of(0, 0)

/** @param writeHead What the server's own protocol has before a sync message. */
export class SyncMessages {
  readonly #writeHead: (encoder: Encoder) => void
  #isJoined = false

  constructor(writeHead: (encoder: Encoder) => void) {
    this.#writeHead = writeHead
  }

  askForAll(): Uint8Array {
    return this.#encode(step1, noState)
  }

  update(bytes: Uint8Array): Uint8Array {
    return this.#encode(update, bytes)
  }

  /** @returns What to answer, if anything. */
  receive(decoder: Decoder, listener: DocumentListener): Uint8Array | undefined {
    const kind = readVarUint(decoder)
    const bytes = readVarUint8Array(decoder)
    if (kind === step1) return this.#encode(step2, noUpdate)
    if (kind === step2 && !this.#isJoined) {
      this.#isJoined = true
      listener.joined([bytes])
    } else if (kind === update) listener.updated(bytes)
    else listener.failed(`the server sent a sync message of kind ${kind}`)
    return undefined
  }

  #encode(kind: number, bytes: Uint8Array): Uint8Array {
    return encode((encoder) => {
      this.#writeHead(encoder)
      writeVarUint(encoder, kind)
      writeVarUint8Array(encoder, bytes)
    })
  }
}
