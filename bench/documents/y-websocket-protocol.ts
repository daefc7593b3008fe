import { createDecoder, readVarUint } from 'lib0/decoding'
import { writeVarUint } from 'lib0/encoding'
import type { DocumentProtocol } from './document-session.ts'
import { SyncMessages } from './sync-messages.ts'

const sync = 0
const awareness = 1

export const yWebsocketProtocol: DocumentProtocol = {
  acknowledges: false,
  path: (token, document) => `/${document}?token=${token}`,
  open({ send, listener }) {
    const messages = new SyncMessages((encoder) => writeVarUint(encoder, sync))
    return {
      opened: () => send(messages.askForAll()),
      receivedText: (text) => listener.failed(`the server sent ${text.slice(0, 100)}`),
      receivedBytes(bytes) {
        const decoder = createDecoder(bytes)
        const kind = readVarUint(decoder)
        if (kind === awareness) return
        if (kind !== sync) return listener.failed(`the server sent a message of kind ${kind}`)
        const answer = messages.receive(decoder, listener)
        if (answer) send(answer)
      },
      update: (update) => send(messages.update(update)),
    }
  },
}
