import type { Camera, Sight } from './camera.ts'
import { drawPond } from './draw-pond.ts'
import type { Palette } from './palette.ts'

/** What stands still, drawn once for each size and theme. */
export class Backdrop {
  #drawn: HTMLCanvasElement | undefined
  #of = ''

  /** @param density Pixels per CSS pixel. */
  draw(context: CanvasRenderingContext2D, palette: Palette, camera: Camera, sight: Sight, density: number): void {
    const { left, top, right, bottom } = sight
    const scale = camera.scale * density
    const key = [palette.land, scale, left, top].join(' ')
    if (!this.#drawn || this.#of !== key) {
      this.#of = key
      this.#drawn = document.createElement('canvas')
      this.#drawn.width = Math.ceil((right - left) * scale)
      this.#drawn.height = Math.ceil((bottom - top) * scale)
      const still = this.#drawn.getContext('2d')
      if (!still) throw new Error('this browser draws no second canvas; try another one')
      still.fillStyle = palette.land
      still.fillRect(0, 0, this.#drawn.width, this.#drawn.height)
      still.scale(scale, scale)
      still.translate(-left, -top)
      drawPond(still, palette)
    }
    context.drawImage(this.#drawn, left, top, this.#drawn.width / scale, this.#drawn.height / scale)
  }
}
