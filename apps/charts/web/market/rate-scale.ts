import { maxRate, minRate } from '../../contract.ts'

/** The slider's steps; as many for each power of ten. */
export const rateSteps = 200

/** @param step 0 to `rateSteps`. @returns Updates per second, with two digits that count. */
export function rateOf(step: number): number {
  const rate = minRate * (maxRate / minRate) ** (step / rateSteps)
  return Math.round(Number(rate.toPrecision(2)))
}

export function stepOf(rate: number): number {
  return Math.round((Math.log(rate / minRate) / Math.log(maxRate / minRate)) * rateSteps)
}
