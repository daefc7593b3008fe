import { inject, vi } from 'vitest'

declare module 'vitest' {
  interface ProvidedContext {
    /** How long a test waits for a condition that it gives no time of its own, ms. */
    readonly patienceMs: number
  }
}

const { waitFor, waitUntil } = vi
const patienceMs = inject('patienceMs')
type Patience = NonNullable<Parameters<typeof waitFor>[1]>

const patient = (options: Patience = {}) => ({
  timeout: patienceMs,
  ...(typeof options === 'number' ? { timeout: options } : options),
})

// A second of vitest's own is less than a busy machine may take from any process; `expect.poll` has an option for it.
vi.waitFor = (callback, options) => waitFor(callback, patient(options))
vi.waitUntil = (callback, options) => waitUntil(callback, patient(options))
