import type { Random } from '@millrace/contract'

/** Randomness of the machine. */
export const systemRandom: Random = {
  fraction: () => (crypto.getRandomValues(new Uint32Array(1))[0] ?? 0) / 2 ** 32,
  id() {
    const text = btoa(String.fromCharCode(...crypto.getRandomValues(new Uint8Array(8))))
    return text.slice(0, 11).replaceAll('+', '-').replaceAll('/', '_')
  },
}
