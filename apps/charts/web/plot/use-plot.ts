import { useEffect, useRef, type RefObject } from 'react'
import { cancelPaint, requestCalmPaint, requestPaint } from '../frame/request-paint.ts'
import type { TimeControl } from '../time/time-control.ts'
import { listenToGestures } from './gestures.ts'
import { onPalette } from './palette.ts'
import { Plot, type PlotSettings } from './plot.ts'
import type { PlotScene } from './plot-scene.ts'

export interface PlotSource {
  /** What is to be drawn now. */
  scene(): PlotScene
  /** Something of it changed, other than the time. */
  on(listener: () => void): () => void
}

export interface UsePlotOptions extends Pick<PlotSettings, 'rule' | 'valueText' | 'group'> {
  readonly source: PlotSource
  readonly time: TimeControl
  /** After each drawing. @param at What the crosshair is at, ms since 1970. */
  readonly onDrawn: (scene: PlotScene, at: number | undefined) => void
  /** Turning the wheel zooms also where the chart does not have the focus. */
  readonly isWheelFree: boolean
}

/** A moving window is drawn again for each pixel that it moved, and no more often than this, ms. */
const leastPaintMs = 33
const mostPaintMs = 1_000

/** A plot that fills an element, drawn only when something of it changed. Keep the identities of the options. */
export function usePlot(place: RefObject<HTMLElement | null>, options: UsePlotOptions): RefObject<Plot | undefined> {
  const { source, time, rule, valueText, group, onDrawn, isWheelFree } = options
  const plot = useRef<Plot>(undefined)
  useEffect(() => {
    const element = place.current
    if (!element) return
    const paint = (): void => {
      const scene = source.scene()
      made.draw(scene)
      onDrawn(scene, made.crossedAt)
    }
    const repaint = (): void => requestPaint(paint)
    const { width, height } = element.getBoundingClientRect()
    const made = new Plot(element, { widthPx: width, heightPx: height, valueText, group, rule, onCross: repaint })
    plot.current = made
    const size = new ResizeObserver(() => {
      made.resize(element.clientWidth, element.clientHeight)
      repaint()
    })
    size.observe(element)
    let timer: ReturnType<typeof setTimeout>
    const tick = (): void => {
      if (time.isLive) requestCalmPaint(paint)
      timer = setTimeout(tick, Math.min(mostPaintMs, Math.max(leastPaintMs, made.msPerPx)))
    }
    tick()
    const ends = [
      source.on(() => requestCalmPaint(paint)),
      time.on(repaint),
      onPalette(repaint),
      listenToGestures({
        element: made.over,
        timeAt: (clientX) => made.timeAt(clientX),
        msPerPx: () => made.msPerPx,
        onPan: (byMs) => time.pan(byMs),
        onZoom: (factor, anchor) => time.zoom(factor, anchor),
        onSelecting: (span) => made.select(span),
        onSelect: (span) => time.choose(span),
        isWheelOurs: ({ ctrlKey }) => isWheelFree || ctrlKey || element.contains(document.activeElement),
      }),
      () => size.disconnect(),
      () => clearTimeout(timer),
      () => cancelPaint(paint),
      () => made.close(),
    ]
    return () => {
      plot.current = undefined
      for (const end of ends) end()
    }
  }, [place, source, time, rule, valueText, group, onDrawn, isWheelFree])
  return plot
}
