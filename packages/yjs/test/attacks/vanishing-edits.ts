import { collected, updateBytes } from './update-bytes.ts'

/**
 * The edits of somebody who is offline vanish: a struct under their client id, at the clock where they will go on, and as long as what
 * they will write. Everybody then has those clocks; what the victim brings is known already. Eleven bytes for an id as Yjs draws it.
 */
export function vanishingEdits(victim: number, clock: number): Uint8Array {
  return updateBytes([{ client: victim, clock, structs: [collected(127)] }])
}
