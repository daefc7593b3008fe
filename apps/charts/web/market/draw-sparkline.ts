import { palette } from '../plot/palette.ts'

/** A line through the points over the whole canvas, in the colour of where it went. Nothing is drawn of fewer than two. */
export function drawSparkline(
  canvas: HTMLCanvasElement,
  { at, values }: { readonly at: Float64Array; readonly values: Float64Array },
): void {
  const context = canvas.getContext('2d')
  if (!context) return
  const ratio = devicePixelRatio
  const [width, height] = [Math.round(canvas.clientWidth * ratio), Math.round(canvas.clientHeight * ratio)]
  if (canvas.width !== width) canvas.width = width
  if (canvas.height !== height) canvas.height = height
  context.clearRect(0, 0, width, height)
  const [first, last] = [at[0], at.at(-1)]
  if (first === undefined || last === undefined || first === last) return
  let [least, most] = [Infinity, -Infinity]
  for (const value of values) {
    least = Math.min(least, value)
    most = Math.max(most, value)
  }
  const rise = most - least || 1
  const inset = 2 * ratio
  context.beginPath()
  at.forEach((time, index) => {
    const x = ((time - first) / (last - first)) * width
    context.lineTo(x, inset + ((most - (values[index] ?? 0)) / rise) * (height - 2 * inset))
  })
  context.lineWidth = 1.25 * ratio
  context.lineJoin = 'round'
  context.strokeStyle = (values.at(-1) ?? 0) >= (values[0] ?? 0) ? palette().up : palette().down
  context.stroke()
}
