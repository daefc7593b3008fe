import { Manager, type ManagerOptions, type Socket } from 'socket.io-client'
import type { PacketFormat } from './packet-format.ts'
import type { NamespaceEvents, NamespaceSocket, Transport, TransportConnection, TransportEvents } from './transport.ts'

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
  /** Default: as Socket.IO does. `packedPackets` of `@millrace/client/packed` is for rooms whose events are bytes, as documents. */
  readonly packets?: (() => PacketFormat) | undefined
}

/** Socket.IO without its own reconnection: each connection has a Manager of its own, so that nothing outlives it. */
export function socketIoTransport({
  url,
  transports = ['websocket', 'polling'],
  packets,
  ...rest
}: SocketIoOptions): Transport {
  return {
    connect({ first }, events) {
      const manager = new Manager(url, {
        ...(rest as Partial<ManagerOptions>),
        parser: packets?.(),
        transports: [...new Set([first, ...transports])],
        tryAllTransports: true,
        reconnection: false,
      })
      return connection(manager, events)
    },
  }
}

function connection(manager: Manager, events: TransportEvents): TransportConnection {
  const sockets = new Set<Socket>()
  let isOver = false
  const end = (reason: string) => {
    // A refused namespace closes its Manager before it says why.
    queueMicrotask(() => {
      if (isOver) return
      isOver = true
      events.closed(reason)
    })
  }
  manager.on('error', (error) => end(error.message))
  manager.on('close', end)
  return {
    open(namespace, auth, namespaceEvents) {
      const socket = manager.socket(namespace, { auth })
      sockets.add(socket)
      return attach(socket, namespaceEvents)
    },
    close() {
      isOver = true
      for (const socket of sockets) socket.disconnect()
      manager._close()
    },
  }
}

function attach(socket: Socket, events: NamespaceEvents): NamespaceSocket {
  socket.onAny((name: string, argument: unknown, answer?: (value: unknown) => void) =>
    events.received(name, argument, answer),
  )
  socket.on('connect_error', (error: Error & { data?: unknown }) => {
    // Active: the connection as a whole failed, which the Manager tells.
    if (!socket.active) events.refused(error.data, error.message)
  })
  socket.on('disconnect', (reason) => {
    if (reason === 'io server disconnect') events.closed()
  })
  return {
    emit(name, argument, acknowledged) {
      socket.emit(name, argument, ...(acknowledged ? [acknowledged] : []))
    },
  }
}
