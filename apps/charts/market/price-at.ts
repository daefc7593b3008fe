/** Of the shortest wave, ms. Each further one is twice as long; the longest takes six days. */
const shortestMs = 62.5
const waves = 24
/** By how much a price strays in a day, least and most: 0.03 is three per cent. */
const [calmest, wildest] = [0.02, 0.07]
const dayMs = 86_400_000

/**
 * The price of a symbol at any moment, by the seed alone. A walk that needs no memory: value noise in octaves (K. Perlin, "An
 * Image Synthesizer", 1985), whose heights grow with the square root of their lengths as a random walk strays.
 *
 * @param symbol Its index.
 * @param at Ms since 1970.
 * @returns Whole cents, at least one.
 */
export function priceAt(seed: number, symbol: number, at: number): number {
  const walk = mix(mix(seed | 0) ^ symbol)
  const base = 8 * 40 ** chance(walk, -1, 0)
  const volatility = calmest + (wildest - calmest) * chance(walk, -2, 0)
  let strayed = 0
  for (let wave = 0; wave < waves; wave++) {
    const lengthMs = shortestMs * 2 ** wave
    const knot = Math.floor(at / lengthMs)
    const part = at / lengthMs - knot
    const from = chance(walk, wave, knot)
    const to = chance(walk, wave, knot + 1)
    const between = from + (to - from) * part * part * (3 - 2 * part)
    strayed += (between - 0.5) * Math.sqrt(lengthMs / dayMs)
  }
  return Math.max(0.01, Math.round(base * Math.exp(2 * volatility * strayed) * 100) / 100)
}

/** 0 to 1, evenly, by its arguments alone: the finalizer of MurmurHash3 (A. Appleby) over each. */
function chance(walk: number, wave: number, knot: number): number {
  let hash = mix(walk ^ wave)
  hash = mix(hash ^ (knot | 0))
  // Knots of the shortest waves need more than 32 bits.
  hash = mix(hash ^ Math.floor(knot / 2 ** 32))
  return (hash >>> 0) / 2 ** 32
}

function mix(value: number): number {
  let hash = Math.imul(value ^ 0x9e3779b9, 0x85ebca6b)
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35)
  return hash ^ (hash >>> 16)
}
