import { collected, updateBytes } from './update-bytes.ts'

/** Nothing, under each of `count` client ids from `from` on. */
export function manyClients(from: number, count: number): Uint8Array {
  return updateBytes(
    Array.from({ length: count }, (_, index) => ({ client: from + index, clock: 0, structs: [collected(1)] })),
  )
}
