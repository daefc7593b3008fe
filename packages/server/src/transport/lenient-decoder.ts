import { announcedAttachments, wireNames } from '@millrace/contract'
import type { Socket } from 'socket.io'
import { Decoder, PacketType, type Packet } from 'socket.io-parser'
import { readPackedEvent } from './read-packed-event.ts'
import { unpackMessage } from './unpack-message.ts'

/** Type 2, perhaps a namespace, perhaps the id of an acknowledgement. */
const eventHeader = /^2(?:(\/[^,]*),)?(\d{1,15})?/

/**
 * The default decoder, except that
 *
 * - an event which it refuses (a reserved name such as `connect`, or no JSON array) becomes the event `~invalid`. The
 *   default closes the connection for it; so it can be answered instead.
 * - bytes that no text announced are a packed message, a whole packet with its attachments.
 *
 * Everything else that is malformed still ends the connection.
 */
export class LenientDecoder extends Decoder {
  /** Attachments that are still to come. */
  #announced = 0

  override add(chunk: unknown): void {
    if (typeof chunk === 'string') return this.#addText(chunk)
    if (this.#announced > 0) {
      this.#announced--
      return super.add(chunk)
    }
    const [text, attachments] = unpackMessage(chunk as Buffer)
    const event = readPackedEvent(text, attachments)
    if (event) return void this.emitReserved('decoded', event)
    super.add(text)
    for (const attachment of attachments) super.add(attachment)
  }

  #addText(text: string): void {
    try {
      super.add(text)
      this.#announced = announcedAttachments(text)
    } catch (error) {
      const packet = isInvalidPayload(error) ? refusedEvent(text) : undefined
      if (packet === undefined) throw error
      this.emitReserved('decoded', packet)
    }
  }
}

/** Whether the packets of a socket's connection are decoded so. A private part of Socket.IO; where it is not there: no. */
export function readsPackedMessages({ client }: Pick<Socket, 'client'>): boolean {
  return (client as unknown as { readonly decoder?: unknown }).decoder instanceof LenientDecoder
}

/** socket.io-parser throws it before anything was decoded; a test fails when an upgrade changes the text. */
function isInvalidPayload(error: unknown): boolean {
  return error instanceof Error && error.message === 'invalid payload'
}

function refusedEvent(text: string): Packet | undefined {
  const header = eventHeader.exec(text)
  if (header === null) return undefined
  const [, nsp = '/', id] = header
  return { type: PacketType.EVENT, nsp, data: [wireNames.invalid], ...(id === undefined ? {} : { id: Number(id) }) }
}
