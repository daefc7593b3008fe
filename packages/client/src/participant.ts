import type { WireHandshake, WireHello } from '@millrace/contract'
import type { NamespaceSocket } from './transport.ts'

/** A namespace as its connection sees it. Outlives connections. */
export interface Participant {
  readonly namespace: string
  handshake(): WireHandshake
  /** `~hello` came: requests may be sent. */
  opened(socket: NamespaceSocket, hello: WireHello): void
  received(name: string, argument: unknown, answer?: (value: unknown) => void): void
  /** What `opened` began has ended. */
  lost(): void
  /** The server will not have this client in this namespace. Nothing follows on this connection. */
  refused(why: string): void
}
