import type { ClientOptions } from './client-options.ts'
import type { Client } from './client.ts'
import { ClientCore, type ClientParts } from './client-core.ts'

/** A client over a transport, clock and randomness of the caller's choice; `createClient` brings those of the machine. */
export function assembleClient(options: ClientOptions, parts: ClientParts): Client {
  return new ClientCore(options, parts) as unknown as Client
}
