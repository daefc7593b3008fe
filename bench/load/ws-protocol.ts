import type { Payload } from '../payload.ts'
import type { Protocol } from './session.ts'

type Message =
  | { readonly t: 'message'; readonly data: Payload }
  | { readonly t: 'ack'; readonly id: number; readonly data?: Payload }

/** The JSON messages of the ws contender. The token travels in the query, since browsers cannot set a header. */
export const wsProtocol: Protocol = {
  sign: undefined,
  path: (token) => `/?token=${token}`,
  open({ room, send, listener }) {
    let lastId = 0
    const noCharts = (): never => {
      throw new Error('ws has no charts')
    }
    return {
      receivedBytes: noCharts,
      view: noCharts,
      unview: noCharts,
      bookmark: undefined,
      opened: () => send(JSON.stringify({ t: 'join', id: 0, room })),
      received(text) {
        const message = JSON.parse(text) as Message
        if (message.t === 'message') return listener.delivered(message.data)
        if (message.id === 0) return listener.joined()
        if (message.data) return listener.answered(message.data)
        listener.failed(`the server sent ${text.slice(0, 100)}`)
      },
      request: (input) => send(JSON.stringify({ t: 'echo', id: ++lastId, input })),
    }
  },
}
