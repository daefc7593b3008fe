const { MILLRACE_LONG, CONVERGENCE_SEED } = process.env

export const isLong = MILLRACE_LONG === '1'

/** Those alone that the environment names, `7` or `201-400`: what a failure asks for. */
export const isReplay = CONVERGENCE_SEED !== undefined

/** The seeds of a run, `short` of them, or `long` with MILLRACE_LONG=1. */
export function seedsOf(short: number, long: number): number[] {
  const [first = 1, last = first] = isReplay ? CONVERGENCE_SEED!.split('-').map(Number) : [1, isLong ? long : short]
  return Array.from({ length: last - first + 1 }, (_, index) => first + index)
}

/** So many of them are one test. */
export function chunksOf(seeds: readonly number[], size: number): number[][] {
  return Array.from({ length: Math.ceil(seeds.length / size) }, (_, nth) => seeds.slice(nth * size, (nth + 1) * size))
}
