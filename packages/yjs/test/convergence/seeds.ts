const { MILLRACE_LONG, CONVERGENCE_SEED } = process.env

export const isLong = MILLRACE_LONG === '1'

/** One alone, where the environment says which: what a failure asks for. */
export const isReplay = CONVERGENCE_SEED !== undefined

/** The seeds of a run, `short` of them, or `long` with MILLRACE_LONG=1. */
export function seedsOf(short: number, long: number): number[] {
  if (isReplay) return [Number(CONVERGENCE_SEED)]
  return Array.from({ length: isLong ? long : short }, (_, index) => index + 1)
}
