/**
 * What carries packets: Socket.IO at the composition root, an in-memory pair in tests. No method throws, and no event is
 * called from within a method.
 */
export interface Transport {
  /** Begins one connection. A failure comes as `closed`. */
  connect(options: TransportOptions, events: TransportEvents): TransportConnection
}

export interface TransportOptions {
  /** What to try first. `websocket` falls back to polling by itself only where the server refuses it. */
  readonly first: 'websocket' | 'polling'
}

export interface TransportEvents {
  /** The connection failed or ended. Called once, and never after `close()`. */
  closed(reason: string): void
}

export interface TransportConnection {
  /** Joins a namespace, now or as soon as the connection is open. `auth` is the data of its CONNECT packet. */
  open(namespace: string, auth: Readonly<Record<string, unknown>>, events: NamespaceEvents): NamespaceSocket
  /** Tells the server that each namespace is left, and ends. No event follows. */
  close(): void
}

export interface NamespaceEvents {
  /** The server refused the namespace. `data` is a `WireError` where a Millrace server refused. */
  refused(data: unknown, message: string): void
  /** `answer` is there where the server awaits an acknowledgement. */
  received(name: string, argument: unknown, answer?: (value: unknown) => void): void
  /** The server closed this namespace. */
  closed(): void
}

export interface NamespaceSocket {
  /** Acknowledgements of a connection that ended never come. */
  emit(name: string, argument: unknown, acknowledged?: (answer: unknown) => void): void
}
