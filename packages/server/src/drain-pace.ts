import type { Random } from '@millrace/contract'

/** Between one batch and the next, ms. */
export const batchMs = 100

/** 100 a second: the nodes that take them over authenticate and join each anew, beside their other work. */
const msPerMove = 10
/** With everything around it, a drain ends before a container platform's usual 30 s are over. */
const maxOverMs = 20_000
/** 8 a second: slower, one more or less in a second would be too far from the mean. */
const maxMsPerMove = 125

/** Products of fractions miss whole numbers by less. */
const tolerance = 1e-6

/** How many connections a batch moves, as a mean. */
export function perBatch(connections: number, overMs = Math.min(connections * msPerMove, maxOverMs)): number {
  const inMs = Math.min(overMs, connections * maxMsPerMove)
  return connections / Math.max(1, inMs / batchMs)
}

/** How many the batch of this index moves. */
export function sizeOfBatch(mean: number, index: number): number {
  return Math.ceil((index + 1) * mean - tolerance) - Math.ceil(index * mean - tolerance)
}

/** The pauses of one batch, ms: one at random in each of `size` equal parts of the time until the next batch. */
export function spread(size: number, random: Random): readonly number[] {
  return Array.from({ length: size }, (_, index) => Math.floor(((index + random.fraction()) / size) * batchMs))
}
