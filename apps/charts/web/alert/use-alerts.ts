import { useToasts } from '@millrace/app-design'
import { useEffect, useRef, useState } from 'react'
import type { PlotSource } from '../plot/use-plot.ts'
import { notWatched, watch, type Threshold, type Watched } from './threshold.ts'

/**
 * Tells by a toast when a track of the source crosses the threshold.
 *
 * @param threshold Undefined: nothing is watched.
 * @returns Whether one is beyond it now.
 */
export function useAlerts(
  label: string,
  source: PlotSource,
  threshold: Threshold | undefined,
  valueText: (value: number) => string,
): boolean {
  const toasts = useToasts()
  const watched = useRef(new Map<string, Watched>())
  const [isBeyond, setBeyond] = useState(false)
  useEffect(() => {
    const known = watched.current
    if (!threshold) return
    const look = (): void => {
      const over: string[] = []
      let worst: number | undefined
      for (const track of source.scene().tracks) {
        // What happened before somebody asked is in the chart already.
        const start = { ...notWatched, upTo: track.at.at(-2) ?? -Infinity }
        const { now, crossed } = watch(threshold, track, known.get(track.label) ?? start)
        known.set(track.label, now)
        if (crossed === undefined) continue
        over.push(track.label)
        worst ??= crossed
      }
      if (worst !== undefined) {
        const title = over.length === 1 && over[0] === label ? label : `${label}: ${over.join(', ')}`
        const text = `${valueText(worst)} is ${threshold.side} ${valueText(threshold.value)}.`
        toasts.show({ tone: 'bad', title, text })
      }
      setBeyond([...known.values()].some((each) => each.isBeyond))
    }
    look()
    const off = source.on(look)
    return () => {
      off()
      known.clear()
      setBeyond(false)
    }
  }, [label, source, threshold, valueText, toasts])
  return isBeyond
}
