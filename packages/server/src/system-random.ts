import { randomFillSync } from 'node:crypto'
import type { Random } from '@millrace/contract'

/** Bytes are drawn in blocks: one system call for many ids. */
const pool = Buffer.alloc(8 * 512)
let used = pool.length

/** The random source of the process; its ids cannot be guessed. */
export const systemRandom: Random = {
  fraction: () => Math.random(),
  id() {
    if (used === pool.length) {
      randomFillSync(pool)
      used = 0
    }
    used += 8
    return pool.toString('base64url', used - 8, used)
  },
}
