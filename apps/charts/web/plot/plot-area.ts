import type { Palette } from './palette.ts'

/** Where a drawing goes; all in pixels of the canvas, of which there are `ratio` in a CSS pixel. */
export interface PlotArea {
  readonly context: CanvasRenderingContext2D
  readonly palette: Palette
  readonly left: number
  readonly top: number
  readonly width: number
  readonly height: number
  readonly ratio: number
  /** @param at ms since 1970. */
  readonly x: (at: number) => number
  readonly y: (value: number) => number
}

/** Draws within the area only. */
export function clipped(area: PlotArea, draw: () => void): void {
  const { context, left, top, width, height } = area
  context.save()
  context.beginPath()
  context.rect(left, top, width, height)
  context.clip()
  draw()
  context.restore()
}
