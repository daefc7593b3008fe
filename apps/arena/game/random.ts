/** One random number, 0 to below 1, and the seed of the next. The generator is mulberry32 (Tommy Ettinger, 2017). */
export function random(seed: number): readonly [fraction: number, next: number] {
  const next = (seed + 0x6d2b79f5) | 0
  let mixed = Math.imul(next ^ (next >>> 15), 1 | next)
  mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
  return [((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296, next]
}
