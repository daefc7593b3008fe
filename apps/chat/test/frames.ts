import type { Page } from 'playwright-core'

export interface Frames {
  /** Ms between each frame and the one before it. */
  readonly intervals: readonly number[]
  /** Ms of CPU that the page's main thread took: unlike intervals it is not longer where other programs have the CPU. */
  readonly busyMs: number
}

/** Notes from now on when frames are shown. @returns A function that ends it. */
export async function watchFrames(page: Page): Promise<() => Promise<Frames>> {
  const session = await page.context().newCDPSession(page)
  await session.send('Performance.enable', { timeDomain: 'threadTicks' })
  const busy = async (): Promise<number> => {
    const { metrics } = await session.send('Performance.getMetrics')
    return (metrics.find(({ name }) => name === 'TaskDuration')?.value ?? NaN) * 1_000
  }
  const busyBefore = await busy()
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
  return async () => {
    const times = await handle.evaluate((notes) => {
      notes.isOn = false
      return notes.times
    })
    const intervals = times.slice(1).map((time, index) => time - (times[index] ?? 0))
    return { intervals, busyMs: (await busy()) - busyBefore }
  }
}

/** The value that so many of 100 are not above. */
export function percentile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b)
  return sorted[Math.max(0, Math.ceil((sorted.length * share) / 100) - 1)] ?? NaN
}
