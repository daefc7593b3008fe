import type { Random } from '@millrace/contract'

/** Randomness of the machine. */
export const systemRandom: Random = {
  fraction: Math.random,
  id() {
    const text = btoa(String.fromCharCode(...crypto.getRandomValues(new Uint8Array(8))))
    return text.slice(0, 11).replaceAll('+', '-').replaceAll('/', '_')
  },
}
