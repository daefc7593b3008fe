export { createClient, type CreateClientOptions } from './create-client.ts'
export { assembleClient } from './assemble-client.ts'
export type { ClientParts, Wake } from './client-core.ts'
export type { ClientOptions } from './client-options.ts'
export type { ClientState, DisconnectReason } from './client-state.ts'
export type { Client } from './client.ts'
export type { Auth, Credentials } from './credentials.ts'
export type { CallOptions } from './call.ts'
export type { Off } from './listeners.ts'
export type { Member } from './room-presence.ts'
export type { NamespaceClient } from './namespace-client.ts'
export type { Published } from './publish.ts'
export type { HistoryQuery } from './read-history.ts'
export type * from './room-client.ts'
export type * from './series/series-client.ts'
export type { Visibility } from './series/visibility.ts'
export { socketIoTransport, type SocketIoOptions } from './socket-io-transport.ts'
export { systemClock } from './system-clock.ts'
export { systemRandom } from './system-random.ts'
export type {
  NamespaceEvents,
  NamespaceSocket,
  Transport,
  TransportConnection,
  TransportEvents,
  TransportOptions,
} from './transport.ts'
