import {
  announcedAttachments,
  fingerprint,
  parseFrame,
  step,
  wireNames,
  type Position,
  type WireAnswer,
  type WireJoined,
} from '@millrace/contract'
import { decodePacket, encodeConnect, encodeEvent, pong, type Packet } from '../load/packet.ts'
import { documentContract } from './document-contract.ts'
import type { DocumentProtocol, DocumentSession, DocumentSessionOptions } from './document-session.ts'
import { attached, pack, unpack, type Unpacked } from './packed-message.ts'
import { splitUpdates } from './updates-file.ts'

/** The frames of docs/protocol.md, with bytes in one message. Every link of every frame is checked, as a client has to. */
export const millraceProtocol: DocumentProtocol = {
  acknowledges: true,
  path: () => '/socket.io/?EIO=4&transport=websocket',
  open: (options) => new MillraceDocumentSession(options),
}

const { namespace } = documentContract
const contractFingerprint = fingerprint(documentContract)
const [joinId, openId] = [0, 1]
const unexpected = new Set<unknown>([wireNames.gap, wireNames.kick, wireNames.close, wireNames.drain])
const placeholder = { _placeholder: true, num: 0 }

type Ack = Packet & { readonly kind: 'ack' | 'ack before bytes' }

class MillraceDocumentSession implements DocumentSession {
  readonly #options: DocumentSessionOptions
  #lastId = openId
  #room = 0
  #top: Position | undefined
  /** What came before the document was open. */
  #early: Uint8Array[] | undefined = []
  /** A text whose attachments come one by one. */
  #announced: { readonly text: string; readonly attachments: Uint8Array[] } | undefined

  constructor(options: DocumentSessionOptions) {
    this.#options = options
  }

  opened(): void {}

  receivedText(text: string): void {
    const { listener, send, token, index } = this.#options
    const packet = decodePacket(text)
    switch (packet.kind) {
      case 'event':
        if (packet.args[0] === wireNames.frame) return this.#frame(packet.args[1], [])
        if (unexpected.has(packet.args[0])) listener.failed(`the server sent ${text.slice(0, 200)}`)
        return
      case 'ack':
        return this.#answer(packet, [])
      case 'ack before bytes':
      case 'event before bytes':
        this.#announced = { text: text.slice(1), attachments: [] }
        return
      case 'ping':
        return send(pong)
      case 'open': {
        const client = `bench-client-${index}`
        const auth = { token, millrace: 1, bytes: 1, client, fingerprint: contractFingerprint }
        return send(encodeConnect(namespace, auth))
      }
      case 'connect':
        return this.#join()
      case 'refused':
        return listener.failed(`the server refused the connection: ${JSON.stringify(packet.data)}`)
      default:
        return listener.failed(`the server sent ${text.slice(0, 100)}`)
    }
  }

  receivedBytes(bytes: Uint8Array): void {
    if (this.#announced === undefined) return this.#withBytes(unpack(bytes as Buffer))
    const { text, attachments } = this.#announced
    attachments.push(bytes)
    if (attachments.length < announcedAttachments(text)) return
    this.#announced = undefined
    this.#withBytes({ text, attachments })
  }

  #withBytes({ text, attachments }: Unpacked): void {
    const packet = decodePacket(`4${text}`)
    if (packet.kind === 'ack before bytes') return this.#answer(packet, attachments)
    if (packet.kind === 'event before bytes' && packet.args[0] === wireNames.frame)
      return this.#frame(packet.args[1], attachments)
    this.#options.listener.failed(`the server sent bytes with ${text.slice(0, 200)}`)
  }

  update(update: Uint8Array): void {
    const id = ++this.#lastId
    const key = `b-${this.#options.index}-${id}`
    // Answers of idempotent requests are not remembered, so that no key is settled.
    const args = ['update.send', { input: placeholder, key, room: this.#room }]
    this.#options.send(pack(`51-${namespace},${id}${JSON.stringify(args)}`, update))
  }

  /** With presence, as `DocumentProvider` does. */
  #join(): void {
    const { document, index, send } = this.#options
    const presence = { clientId: index + 1, state: { user: `user-${index}` } }
    send(encodeEvent(namespace, [wireNames.join, { room: 'page', params: { id: document }, presence }], joinId))
  }

  #answer({ id, args }: Ack, attachments: readonly Uint8Array[]): void {
    const { listener, send, index } = this.#options
    const answer = args[0] as WireAnswer
    if (!answer.ok) return listener.failed(`the server answered ${JSON.stringify(answer.error)}`)
    if (id === joinId) {
      const { room, position } = answer.data as WireJoined
      this.#room = room
      this.#top = position
      const open = { input: { stateVector: null }, key: `b-${index}-open`, room }
      return send(encodeEvent(namespace, ['open', open], openId))
    }
    if (id !== openId) return listener.acknowledged()
    const { updates } = answer.data as { readonly updates: unknown }
    const early = this.#early ?? []
    this.#early = undefined
    listener.joined([...splitUpdates(attached(updates, attachments)), ...early])
  }

  #frame(value: unknown, attachments: readonly Uint8Array[]): void {
    const { listener } = this.#options
    const frame = parseFrame(value)
    if (frame?.kind === 'volatile') return // a version was kept
    if (frame?.kind !== 'full' || !this.#top)
      return listener.failed(`not a full frame: ${JSON.stringify(value).slice(0, 200)}`)
    const relation = step(this.#top, { epoch: frame.epoch, offset: frame.from, prev: frame.prev, id: frame.id })
    if (relation !== 'next')
      return listener.failed(`a frame from ${frame.from} after ${this.#top.offset} is ${relation}, not next`)
    this.#top = { epoch: frame.epoch, offset: frame.to, id: frame.id }
    for (const entry of frame.entries) {
      if (!entry) return listener.failed(`an entry of the frame from ${frame.from} is withheld`)
      const update = attached(entry[2], attachments)
      if (this.#early) this.#early.push(update)
      else listener.updated(update)
    }
  }
}
