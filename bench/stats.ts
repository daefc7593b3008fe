/** The middle value, or the mean of the two in the middle. NaN of nothing. */
export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b)
  const middle = Math.floor(sorted.length / 2)
  if (sorted.length % 2 === 1) return sorted[middle] ?? NaN
  return ((sorted[middle - 1] ?? NaN) + (sorted[middle] ?? NaN)) / 2
}

/** The smallest value that at least `share` (0 to 1) of all values do not exceed: the nearest rank. NaN of nothing. */
export function percentile(values: Float64Array, share: number): number {
  const sorted = values.slice().sort()
  const rank = Math.max(1, Math.ceil(share * sorted.length))
  return sorted[rank - 1] ?? NaN
}

/**
 * What each round says on its own. What disturbs one round, a warm machine or a busy neighbour, disturbs both contenders of
 * that round and drops out.
 *
 * @throws Error where the two did not play the same number of rounds.
 */
export function ratiosOf(values: readonly number[], baseline: readonly number[]): number[] {
  if (values.length !== baseline.length) {
    throw new Error(`${values.length} rounds cannot be compared with ${baseline.length}; play the same rounds for both`)
  }
  return values.map((value, round) => value / (baseline[round] ?? NaN))
}
