import { createDecoder, readVarString, readVarUint } from 'lib0/decoding'
import { encode, writeVarString, writeVarUint } from 'lib0/encoding'
import type { DocumentProtocol } from './document-session.ts'
import { SyncMessages } from './sync-messages.ts'

/** Kinds of messages. Source: `MessageType` of @hocuspocus/server. */
const [sync, awareness, auth, syncReply, syncStatus] = [0, 1, 2, 4, 8]
/** Of `auth`. Source: `AuthMessageType` of @hocuspocus/common. */
const [token, authenticated] = [0, 2]

export const hocuspocusProtocol: DocumentProtocol = {
  acknowledges: true,
  path: () => '/',
  open({ send, listener, document, ...options }) {
    const messages = new SyncMessages((encoder) => {
      writeVarString(encoder, document)
      writeVarUint(encoder, sync)
    })
    let isAnswering = false
    return {
      opened() {
        send(
          encode((encoder) => {
            writeVarString(encoder, document)
            writeVarUint(encoder, auth)
            writeVarUint(encoder, token)
            writeVarString(encoder, options.token)
          }),
        )
      },
      receivedText: (text) => listener.failed(`the server sent ${text.slice(0, 100)}`),
      receivedBytes(bytes) {
        const decoder = createDecoder(bytes)
        readVarString(decoder)
        switch (readVarUint(decoder)) {
          case sync:
          case syncReply: {
            const answer = messages.receive(decoder, listener)
            if (!answer) return
            isAnswering = true
            return send(answer)
          }
          case auth:
            if (readVarUint(decoder) === authenticated) return send(messages.askForAll())
            return listener.failed('the server refused the token')
          case syncStatus:
            if (readVarUint(decoder) !== 1) return listener.failed('the server did not take an update')
            if (!isAnswering) return listener.acknowledged()
            isAnswering = false // what it lacked is acknowledged like an update
            return
          case awareness:
            return
          default:
            return listener.failed('the server sent a message of a kind that is not expected')
        }
      },
      update: (update) => send(messages.update(update)),
    }
  },
}
