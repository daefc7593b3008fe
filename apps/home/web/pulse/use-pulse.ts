import { useCallback, useEffect, useRef, useState } from 'react'
import { arrivalMs, movedOn, noArrivals, withReport, type Arrivals } from './arrivals.ts'
import type { Break, PulseCommand, PulseReport } from './pulse-report.ts'

export interface Pulse {
  /** Undefined until the worker has told something. */
  readonly report: PulseReport | undefined
  readonly arrivals: Arrivals
  readonly start: (kind: Break) => void
}

/** A client of the pulse in a worker of its own: the page stays usable while that one is blocked. */
export function usePulse(): Pulse {
  const [report, setReport] = useState<PulseReport>()
  const [arrivals, setArrivals] = useState(() => noArrivals(performance.now()))
  const worker = useRef<Worker>(undefined)
  useEffect(() => {
    const started = new Worker(new URL('./pulse-worker.ts', import.meta.url), { type: 'module', name: 'pulse' })
    worker.current = started
    started.addEventListener('message', ({ data }: MessageEvent<PulseReport>) => {
      setReport(data)
      setArrivals((before) => withReport(before, data, performance.now()))
    })
    const timer = setInterval(() => setArrivals((before) => movedOn(before, performance.now())), arrivalMs)
    return () => {
      clearInterval(timer)
      started.terminate()
    }
  }, [])
  const start = useCallback((kind: Break) => worker.current?.postMessage({ do: kind } satisfies PulseCommand), [])
  return { report, arrivals, start }
}
