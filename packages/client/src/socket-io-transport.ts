import { Socket as Engine } from 'engine.io-client'
import { SocketIoConnection } from './socket-io-connection.ts'
import type { Transport } from './transport.ts'

export interface SocketIoOptions {
  /** Of the server, for example `https://chat.example.com`. In a browser '' is the page's own origin. */
  readonly url: string
  /** Where the server listens on it. Default `/socket.io`. */
  readonly path?: string | undefined
  /** Default `['websocket', 'polling']`. */
  readonly transports?: readonly ('websocket' | 'polling')[] | undefined
  /** Send cookies to another origin. Default false. */
  readonly withCredentials?: boolean | undefined
  /** HTTP headers; browsers send them with polling only. */
  readonly extraHeaders?: Record<string, string> | undefined
}

/** Socket.IO over Engine.IO, one connection for each attempt, so that nothing outlives it. */
export function socketIoTransport(options: SocketIoOptions): Transport {
  const { url, path = '/socket.io', transports = ['websocket', 'polling'], ...rest } = options
  return {
    connect({ first }, events) {
      const engine = new Engine(url, {
        ...(rest as object),
        path,
        transports: [first, ...transports.filter((transport) => transport !== first)],
        tryAllTransports: true,
      })
      return new SocketIoConnection(engine, events)
    },
  }
}
