import { awarenessBytes } from './awareness-bytes.ts'

/** Hides a user for good: their state is none, at a clock so high that adding 1 leaves it as it is; theirs never comes above. */
export function hiddenUser(victim: number): Uint8Array {
  return awarenessBytes([{ client: victim, clock: 2 ** 55, state: null }])
}
