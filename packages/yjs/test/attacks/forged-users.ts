import { awarenessBytes } from './awareness-bytes.ts'

/** 20,000 users who are not there, in one message of some 123 kB; each reader keeps and draws all of them. */
export function forgedUsers(): Uint8Array {
  return awarenessBytes(Array.from({ length: 20_000 }, (_, client) => ({ client, clock: 1, state: 1 })))
}
