import { inject, vi } from 'vitest'

declare module 'vitest' {
  interface ProvidedContext {
    /** How long a test waits for a condition that it gives no time of its own, ms. */
    readonly patienceMs: number
  }
}

const { waitFor } = vi
const patienceMs = inject('patienceMs')

// A second of vitest's own is less than a busy machine may take from any process; `expect.poll` has an option for it.
vi.waitFor = (callback, options = {}) =>
  waitFor(callback, { timeout: patienceMs, ...(typeof options === 'number' ? { timeout: options } : options) })
