import { wireNames } from '@millrace/contract'
import { Decoder, PacketType, type Packet } from 'socket.io-parser'

/** Type 2, perhaps a namespace, perhaps the id of an acknowledgement. */
const eventHeader = /^2(?:(\/[^,]*),)?(\d{1,15})?/

/**
 * The default decoder, except that an event which it refuses (a reserved name such as `connect`, or no JSON array) becomes
 * the event `~invalid`. The default closes the connection for it; so it can be answered instead. Everything else that is
 * malformed still ends the connection.
 */
export class LenientDecoder extends Decoder {
  override add(chunk: unknown): void {
    try {
      super.add(chunk)
    } catch (error) {
      const packet = isInvalidPayload(error) && typeof chunk === 'string' ? refusedEvent(chunk) : undefined
      if (packet === undefined) throw error
      this.emitReserved('decoded', packet)
    }
  }
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
