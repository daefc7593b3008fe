const { MILLRACE_LONG, CONVERGENCE_SEED } = process.env

export const isLong = MILLRACE_LONG === '1'

/** One alone, where the environment says which: what a failure asks for. */
export const isReplay = CONVERGENCE_SEED !== undefined

/** The seeds of a run, `short` of them, or `long` with MILLRACE_LONG=1. */
export function seedsOf(short: number, long: number): number[] {
  if (isReplay) return [Number(CONVERGENCE_SEED)]
  return Array.from({ length: isLong ? long : short }, (_, index) => index + 1)
}

/** So many of them are one test. */
export function chunksOf(seeds: readonly number[], size: number): number[][] {
  return Array.from({ length: Math.ceil(seeds.length / size) }, (_, nth) => seeds.slice(nth * size, (nth + 1) * size))
}
