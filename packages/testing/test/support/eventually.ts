import { vi } from 'vitest'

/** Checks until it holds, as long as a busy machine may need. */
export function eventually<T>(check: () => T | Promise<T>): Promise<T> {
  return vi.waitFor(check)
}
