import type { Browser, Page } from 'playwright-core'

export interface Frames {
  /** Ms between each frame and the one before it. They grow where other programs have the CPU. */
  readonly intervals: readonly number[]
  /** Ms of CPU that the page's main thread took for each frame, whoever else had the CPU meanwhile. */
  readonly workMs: readonly number[]
}

/** Notes from now on when frames are shown, and what they take. @returns A function that ends it. */
export async function watchFrames(browser: Browser, page: Page): Promise<() => Promise<Frames>> {
  const handle = await page.evaluateHandle(() => {
    const notes = { times: [] as number[], isOn: true }
    const note = (time: number): void => {
      if (!notes.isOn) return
      notes.times.push(time)
      requestAnimationFrame(note)
    }
    requestAnimationFrame(note)
    return notes
  })
  await browser.startTracing(page, { categories: ['toplevel', 'devtools.timeline'] })
  return async () => {
    const times = await handle.evaluate((notes) => {
      notes.isOn = false
      return notes.times
    })
    const trace = JSON.parse((await browser.stopTracing()).toString()) as {
      readonly traceEvents: readonly TraceEvent[]
    }
    const intervals = times.slice(1).map((time, index) => time - (times[index] ?? 0))
    return { intervals, workMs: workPerFrame(trace.traceEvents) }
  }
}

/** Of Chromium's trace format: times in µs, `tdur` of the thread's own CPU. */
interface TraceEvent {
  readonly ph: string
  readonly name: string
  readonly pid: number
  readonly tid: number
  readonly ts: number
  readonly dur?: number
  readonly tdur?: number
}

function workPerFrame(events: readonly TraceEvent[]): readonly number[] {
  const layout = events.find(({ ph, name }) => ph === 'X' && name === 'Layout')
  if (!layout) throw new Error('nothing was laid out while frames were watched')
  const own = events.filter(({ ph, pid, tid }) => ph === 'X' && pid === layout.pid && tid === layout.tid)
  const frames: number[] = []
  let work = 0
  let end = 0
  for (const event of own.toSorted((a, b) => a.ts - b.ts || (b.dur ?? 0) - (a.dur ?? 0))) {
    // What stands inside of another event is counted with that.
    if (event.ts >= end) {
      work += (event.tdur ?? 0) / 1_000
      end = event.ts + (event.dur ?? 0)
    }
    if (event.name !== 'FireAnimationFrame') continue
    frames.push(work)
    work = 0
  }
  return frames
}

/** The value that so many of 100 are not above. */
export function percentile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b)
  return sorted[Math.max(0, Math.ceil((sorted.length * share) / 100) - 1)] ?? NaN
}
