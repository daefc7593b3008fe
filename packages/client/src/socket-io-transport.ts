import { Manager, type Socket } from 'socket.io-client'
import type { NamespaceEvents, NamespaceSocket, Transport, TransportConnection, TransportEvents } from './transport.ts'

export interface SocketIoOptions {
  /** Of the server, for example `https://chat.example.com`. In a browser '' is the page's own origin. */
  readonly url: string
  /** Where the server listens on it. Default `/socket.io`. */
  readonly path?: string | undefined
  readonly transports: readonly ('websocket' | 'polling')[]
  /** Send cookies to another origin. Default false. */
  readonly withCredentials?: boolean | undefined
  /** Node only, and polling in browsers. */
  readonly extraHeaders?: Readonly<Record<string, string>> | undefined
}

/** Socket.IO without its own reconnection: each connection has a Manager of its own, so that nothing outlives it. */
export function socketIoTransport({ url, path, transports, withCredentials, extraHeaders }: SocketIoOptions): Transport {
  return {
    connect({ first }, events) {
      const manager = new Manager(url, {
        path: path ?? '/socket.io',
        transports: [first, ...transports.filter((transport) => transport !== first)],
        tryAllTransports: true,
        reconnection: false,
        withCredentials: withCredentials ?? false,
        ...(extraHeaders ? { extraHeaders: { ...extraHeaders } } : {}),
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
      return attach(socket, namespaceEvents, () => isOver)
    },
    close() {
      isOver = true
      for (const socket of sockets) socket.off().offAny().disconnect()
      manager.off()
      manager._close()
    },
  }
}

function attach(socket: Socket, events: NamespaceEvents, isOver: () => boolean): NamespaceSocket {
  socket.off().offAny()
  socket.onAny((name: string, ...args: unknown[]) => {
    if (isOver()) return
    const last = args.at(-1)
    const answer = typeof last === 'function' ? (last as (value: unknown) => void) : undefined
    events.received(name, answer && args.length === 1 ? undefined : args[0], answer)
  })
  socket.on('connect_error', (error: Error & { data?: unknown }) => {
    // Active: the connection as a whole failed, which the Manager tells.
    if (!isOver() && !socket.active) events.refused(error.data, error.message)
  })
  socket.on('disconnect', (reason) => {
    if (!isOver() && reason === 'io server disconnect') events.closed()
  })
  return {
    emit(name, argument, acknowledged) {
      if (acknowledged) socket.emit(name, argument, acknowledged)
      else socket.emit(name, argument)
    },
  }
}
