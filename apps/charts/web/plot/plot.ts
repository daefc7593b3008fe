import uPlot from 'uplot'
import type { Span } from '../time/time-window.ts'
import { drawCandles } from './draw-candles.ts'
import { drawLines } from './draw-lines.ts'
import { drawAway, drawThreshold } from './draw-marks.ts'
import { palette } from './palette.ts'
import { clipped, type PlotArea } from './plot-area.ts'
import { plotOptions, type PlotFace } from './plot-options.ts'
import type { PlotScene } from './plot-scene.ts'
import type { Range } from './points.ts'
import { valueRange, type RangeRule } from './value-range.ts'

export interface PlotSettings extends PlotFace {
  readonly rule: RangeRule
  /** The crosshair moved, came or went. */
  readonly onCross: () => void
}

/**
 * One chart on a canvas. uPlot makes axes, scales and the crosshair; lines are drawn here, since each track has times of its
 * own and uPlot knows only one list of times for all.
 */
export class Plot {
  readonly #chart: uPlot
  readonly #rule: RangeRule
  #scene: PlotScene | undefined

  constructor(place: HTMLElement, settings: PlotSettings) {
    this.#rule = settings.rule
    this.#chart = new uPlot(
      plotOptions(settings, {
        below: () => this.#paint((area, scene) => scene.awaySince !== undefined && drawAway(area, scene.awaySince)),
        above: () => this.#paint(drawScene),
        crossed: () => settings.onCross(),
      }),
      [[], []],
      place,
    )
  }

  /** Takes the pointer. */
  get over(): HTMLElement {
    return this.#chart.over
  }

  /** Of the part without axes, CSS pixels. */
  get widthPx(): number {
    return this.#chart.bbox.width / uPlot.pxRatio
  }

  get msPerPx(): number {
    const { min = 0, max = 0 } = this.#chart.scales.x ?? {}
    return (max - min) / Math.max(1, this.widthPx)
  }

  /** The time below the crosshair, ms since 1970; undefined where there is none. */
  get crossedAt(): number | undefined {
    const { left = -1 } = this.#chart.cursor
    return left < 0 ? undefined : this.#chart.posToVal(left, 'x')
  }

  /** The time below a place of the window. @param clientX CSS pixels. */
  timeAt(clientX: number): number {
    return this.#chart.posToVal(clientX - this.over.getBoundingClientRect().left, 'x')
  }

  /** @param at ms since 1970; undefined: no crosshair. */
  cross(at: number | undefined): void {
    const chart = this.#chart
    const left = at === undefined ? -10 : chart.valToPos(at, 'x')
    chart.setCursor({ left, top: left < 0 ? -10 : 0 }, true)
  }

  /** A chosen part of the width, or none. */
  select(span: Span | undefined): void {
    const chart = this.#chart
    const [left, right] = span ? [chart.valToPos(span.from, 'x'), chart.valToPos(span.to, 'x')] : [0, 0]
    const height = span ? chart.over.clientHeight : 0
    chart.setSelect({ left: Math.min(left, right), top: 0, width: Math.abs(right - left), height }, false)
  }

  resize(width: number, height: number): void {
    if (width === this.#chart.width && height === this.#chart.height) return
    this.#chart.setSize({ width, height })
  }

  draw(scene: PlotScene): void {
    this.#scene = scene
    const { x, y } = this.#chart.scales
    const { span } = scene
    const values = valueRange(scene, this.#rule)
    const isMoved = x?.min !== span.from || x.max !== span.to || y?.min !== values.min || y.max !== values.max
    if (!isMoved) return this.#chart.redraw(false, false)
    this.#chart.batch(() => {
      this.#chart.setScale('x', limits(span.from, span.to))
      this.#chart.setScale('y', limits(values.min, values.max))
    })
  }

  close(): void {
    this.#chart.destroy()
  }

  #paint(draw: (area: PlotArea, scene: PlotScene) => void): void {
    const scene = this.#scene
    if (!scene) return
    const area = areaOf(this.#chart)
    clipped(area, () => draw(area, scene))
  }
}

function drawScene(area: PlotArea, scene: PlotScene): void {
  if (scene.candles) drawCandles(area, scene.candles)
  else drawLines(area, scene)
  if (scene.threshold) drawThreshold(area, scene.threshold)
}

function limits(min: number, max: number): Range {
  return { min, max }
}

function areaOf(chart: uPlot): PlotArea {
  const { left, top, width, height } = chart.bbox
  const { min: from = 0, max: to = 1 } = chart.scales.x ?? {}
  const { min: least = 0, max: most = 1 } = chart.scales.y ?? {}
  return {
    context: chart.ctx,
    palette: palette(),
    left,
    top,
    width,
    height,
    ratio: uPlot.pxRatio,
    x: (at) => left + ((at - from) / (to - from)) * width,
    y: (value) => top + ((most - value) / (most - least)) * height,
  }
}
