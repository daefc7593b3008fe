import { assembleClient } from './assemble-client.ts'
import type { ClientOptions } from './client-options.ts'
import type { Client } from './client.ts'
import { socketIoTransport } from './socket-io-transport.ts'
import { systemClock } from './system-clock.ts'
import { systemRandom } from './system-random.ts'
import { systemWake } from './system-wake.ts'

export interface CreateClientOptions extends ClientOptions {
  /** Of the server, for example `https://chat.example.com`. Default: the page's own origin. */
  readonly url?: string
  /** Where the server listens on it. Default `/socket.io`. */
  readonly path?: string
  /** Send cookies to another origin. Default false. */
  readonly withCredentials?: boolean
  /** HTTP headers; browsers send them with polling only. */
  readonly extraHeaders?: Readonly<Record<string, string>>
}

/**
 * A client of a Millrace server. Nothing is connected yet: the first request, join, listener on a namespace or
 * `connect()` does it.
 *
 * @throws Error where an option is out of range.
 */
export function createClient(options: CreateClientOptions = {}): Client {
  const { url = '', path, withCredentials, extraHeaders, transports = ['websocket', 'polling'] } = options
  return assembleClient(options, {
    transport: socketIoTransport({ url, path, transports, withCredentials, extraHeaders }),
    clock: systemClock,
    random: systemRandom,
    wake: typeof window === 'undefined' ? systemWake(undefined, undefined) : systemWake(window, document),
  })
}
