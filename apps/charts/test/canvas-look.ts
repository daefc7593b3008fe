import type { Locator } from 'playwright-core'

export interface CanvasLook {
  /** Columns of pixels between two shares of the width of the lines' place without one in the colour of the first line. */
  readonly bare: number
  /** Whether the right end of that place is grey, unlike the left. */
  readonly isGrey: boolean
}

/** What can be seen on the canvas of a chart. @param from Shares of the width, from the left: 0 to 1. */
export function lookAt(chart: Locator, from: number, to: number): Promise<CanvasLook> {
  return chart.evaluate(
    (place, [left, right]) => {
      const canvas = place.querySelector('canvas')
      const over = place.querySelector<HTMLElement>('.u-over')
      const copy = document.createElement('canvas')
      const context = copy.getContext('2d', { willReadFrequently: true })
      if (!canvas || !over || !context) throw new Error('the chart has no canvas')
      const ratio = devicePixelRatio
      const { offsetLeft, offsetTop, offsetWidth, offsetHeight } = over
      copy.width = canvas.width
      copy.height = canvas.height
      context.drawImage(canvas, 0, 0)
      const { data, width } = context.getImageData(0, 0, canvas.width, canvas.height)
      const at = (x: number, y: number): readonly number[] => [
        ...data.subarray((Math.round(y) * width + Math.round(x)) * 4, (Math.round(y) * width + Math.round(x)) * 4 + 4),
      ]
      const probe = document.createElement('i')
      probe.style.color = 'var(--chart-c1)'
      document.body.append(probe)
      const line = (getComputedStyle(probe).color.match(/\d+/g) ?? []).map(Number)
      probe.remove()
      const isLine = (pixel: readonly number[]): boolean =>
        (pixel[3] ?? 0) > 200 && line.every((value, index) => Math.abs(value - (pixel[index] ?? 0)) < 40)
      let bare = 0
      for (let x = offsetLeft + offsetWidth * left + 1; x < offsetLeft + offsetWidth * right - 2; x++) {
        let found = false
        for (let y = offsetTop; y < offsetTop + offsetHeight && !found; y++) found = isLine(at(x * ratio, y * ratio))
        if (!found) bare++
      }
      // Above the line, and between the marks of the axis.
      const [near, far] = [4, offsetWidth - 4].map((x) => at((offsetLeft + x) * ratio, (offsetTop + 3) * ratio).join())
      return { bare, isGrey: near !== far }
    },
    [from, to] as const,
  )
}
