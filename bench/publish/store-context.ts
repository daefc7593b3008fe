import { randomFillSync } from 'node:crypto'
import type { StoreContext } from '@millrace/server'

/** Drawn in blocks, as a server does. */
const pool = Buffer.alloc(8 * 512)
let used = pool.length

/** What a server gives its store: the clock of the process and its randomness. A fault ends the process. */
export const storeContext: StoreContext = {
  clock: {
    now: () => Date.now(),
    monotonic: () => performance.now(),
    after(delayMs, run) {
      const timer = setTimeout(run, delayMs).unref()
      return () => clearTimeout(timer)
    },
    defer: (run) => void setImmediate(run),
  },
  random: {
    fraction: () => Math.random(),
    id() {
      if (used === pool.length) {
        randomFillSync(pool)
        used = 0
      }
      used += 8
      return pool.toString('base64url', used - 8, used)
    },
  },
  onError(error) {
    throw error
  },
}
