import { assembleClient } from './assemble-client.ts'
import type { ClientOptions } from './client-options.ts'
import type { Client } from './client.ts'
import { socketIoTransport, type SocketIoOptions } from './socket-io-transport.ts'
import { systemClock } from './system-clock.ts'
import { systemRandom } from './system-random.ts'
import { systemWake } from './system-wake.ts'

/** `url` defaults to the page's own origin. */
export type CreateClientOptions = ClientOptions & Partial<SocketIoOptions>

/**
 * A client of a Millrace server. Nothing is connected yet: the first request, join, listener on a namespace or
 * `connect()` does it.
 */
export function createClient(options: CreateClientOptions = {}): Client {
  return assembleClient(options, {
    transport: socketIoTransport({ url: '', ...options }),
    clock: systemClock,
    random: systemRandom,
    wake: systemWake(globalThis),
  })
}
