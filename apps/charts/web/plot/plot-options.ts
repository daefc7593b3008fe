import type uPlot from 'uplot'
import { axisTime } from '../time/time-text.ts'
import { palette } from './palette.ts'

export interface PlotFace {
  readonly widthPx: number
  readonly heightPx: number
  /** How values are written beside the axis. */
  readonly valueText: (value: number) => string
  /** Charts of one group have the crosshair at the same time. */
  readonly group?: string | undefined
}

export interface PlotHooks {
  /** Before and after the place of the lines is painted. */
  readonly below: (chart: uPlot) => void
  readonly above: (chart: uPlot) => void
  readonly crossed: (chart: uPlot) => void
}

const font = '11px system-ui, -apple-system, "Segoe UI", Roboto, "Liberation Sans", sans-serif'
const valueAxisPx = 56
/** 1, 2 and 5 times each power of ten: between values that have two digits after the point stand no others. */
const valueSteps = Array.from({ length: 16 }, (_, power) => [1, 2, 5].map((each) => each * 10 ** (power - 3))).flat()
const timeAxisPx = 26
/** The last mark of the time axis may stand at its end. */
const halfLabelPx = 18
/** What a mark of the time axis takes, with minutes and with seconds. */
const [minutesPx, secondsPx] = [46, 68]
/** What the word in the corner below the value axis leaves of it to the first mark of the time axis. */
const leftOfCornerPx = 12

/** Scales are set from outside, and the pointer is ours: see gestures. */
export function plotOptions(face: PlotFace, hooks: PlotHooks): uPlot.Options {
  const { widthPx, heightPx, valueText, group } = face
  const axis = {
    stroke: () => palette().text,
    grid: { stroke: () => palette().grid, width: 1 },
    ticks: { show: false },
    font,
  }
  const given: uPlot.Scale = { auto: false, range: (_chart, min, max) => [min ?? 0, max ?? 1] }
  return {
    width: widthPx,
    height: heightPx,
    ms: 1,
    padding: [8, halfLabelPx, 0, 0],
    scales: { x: { ...given, time: true }, y: given },
    series: [{}, {}],
    axes: [
      {
        ...axis,
        size: timeAxisPx,
        space: (_chart, _index, from, to, widthPx) => timeSpace((to - from) / widthPx),
        values: (chart, marks, _index, _space, step) =>
          marks.map((at) => (isOverCorner(chart.valToPos(at, 'x'), step) ? '' : axisTime(at, step))),
      },
      { ...axis, size: valueAxisPx, space: 36, incrs: valueSteps, values: (_chart, marks) => marks.map(valueText) },
    ],
    legend: { show: false },
    cursor: {
      y: false,
      points: { show: false },
      drag: { x: false, y: false, setScale: false },
      ...(group !== undefined && { sync: { key: group, scales: ['x', null] } }),
    },
    hooks: { drawAxes: [hooks.below], draw: [hooks.above], setCursor: [hooks.crossed] },
  }
}

function isOverCorner(fromAxisPx: number, step: number): boolean {
  return fromAxisPx < (step < 60_000 ? secondsPx : minutesPx) / 2 - leftOfCornerPx
}

/** How far apart marks are at least, px: those that are closer than a minute have seconds. */
function timeSpace(msPerPx: number): number {
  return msPerPx * minutesPx <= 30_000 ? secondsPx : minutesPx
}
