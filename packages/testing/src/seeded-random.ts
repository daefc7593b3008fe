import type { Random } from '@millrace/contract'

export interface SeededRandom extends Random {
  /** Uniform among 0 to `below - 1`. */
  integer(below: number): number
  /** @throws RangeError where there is nothing to pick. */
  pick<T>(values: readonly T[]): T
}

const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_'

/** The same seed gives the same numbers. Sfc32 of PractRand (https://pracrand.sourceforge.net), 128 bits of state. */
export function seededRandom(seed: number): SeededRandom {
  let a = 0x9e3779b9
  let b = Math.trunc(seed) | 0
  let c = Math.trunc(seed / 2 ** 32) | 0
  let counter = 1

  const next = (): number => {
    const mixed = (((a + b) | 0) + counter) | 0
    counter = (counter + 1) | 0
    a = b ^ (b >>> 9)
    b = (c + (c << 3)) | 0
    c = (((c << 21) | (c >>> 11)) + mixed) | 0
    return mixed >>> 0
  }
  for (let round = 0; round < 12; round++) next() // near seeds are alike until the state has mixed

  const fraction = (): number => ((next() >>> 5) * 2 ** 26 + (next() >>> 6)) / 2 ** 53
  const integer = (below: number): number => Math.floor(fraction() * below)
  return {
    fraction,
    integer,
    pick(values) {
      if (values.length === 0) throw new RangeError('there is nothing to pick from; check the length first')
      return values[integer(values.length)] as (typeof values)[number]
    },
    id() {
      // 64 bits and two zeros at the end, as base64url pads 8 bytes.
      let bits = ((BigInt(next()) << 32n) | BigInt(next())) << 2n
      let id = ''
      for (let digit = 0; digit < 11; digit++) {
        id = alphabet[Number(bits & 63n)] + id
        bits >>= 6n
      }
      return id
    },
  }
}
