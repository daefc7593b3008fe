import type { Sample } from '@millrace/server'

/** Samples on their way to the worker: numbers are copied between threads many times as fast as objects. */
export interface PackedSamples {
  /** Each once. */
  readonly tracks: readonly string[]
  /** Of each sample, its track. */
  readonly places: Uint32Array
  /** Of each sample, time and value. */
  readonly numbers: Float64Array
}

export function packSamples(samples: readonly Sample[]): PackedSamples {
  const placeOf = new Map<string, number>()
  const places = new Uint32Array(samples.length)
  const numbers = new Float64Array(2 * samples.length)
  for (const [index, { track, at, value }] of samples.entries()) {
    let place = placeOf.get(track)
    if (place === undefined) placeOf.set(track, (place = placeOf.size))
    places[index] = place
    numbers[2 * index] = at
    numbers[2 * index + 1] = value
  }
  return { tracks: [...placeOf.keys()], places, numbers }
}
