import type { Page } from 'playwright-core'

/** Notes from now on when frames are shown. @returns A function that ends it, with the ms between each and the one before it. */
export async function watchFrames(page: Page): Promise<() => Promise<number[]>> {
  const handle = await page.evaluateHandle(() => {
    const times: number[] = []
    const notes = { times, isOn: true }
    const note = (time: number): void => {
      if (!notes.isOn) return
      times.push(time)
      requestAnimationFrame(note)
    }
    requestAnimationFrame(note)
    return notes
  })
  return () =>
    handle.evaluate((notes) => {
      notes.isOn = false
      return notes.times.slice(1).map((time, index) => time - (notes.times[index] ?? 0))
    })
}

/** The value that so many of 100 are not above. */
export function percentile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b)
  return sorted[Math.max(0, Math.ceil((sorted.length * share) / 100) - 1)] ?? NaN
}
