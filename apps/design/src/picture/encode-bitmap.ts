import type { ShrinkOptions } from './shrink-image.ts'

/** Tried in turn until the file is small enough: first a lower quality, then fewer pixels. */
const steps = [
  { scale: 1, quality: 0.86 },
  { scale: 1, quality: 0.72 },
  { scale: 0.75, quality: 0.72 },
  { scale: 0.5, quality: 0.7 },
  { scale: 0.33, quality: 0.65 },
  { scale: 0.2, quality: 0.6 },
]

/** A WebP file, or JPEG where the browser cannot write one; undefined where none of the steps is small enough. */
export async function encodeBitmap(
  bitmap: ImageBitmap,
  { maxBytes, maxEdge }: ShrinkOptions,
): Promise<Uint8Array<ArrayBuffer> | undefined> {
  const fit = Math.min(1, maxEdge / Math.max(bitmap.width, bitmap.height))
  for (const { scale, quality } of steps) {
    const blob = await draw(bitmap, fit * scale, quality)
    if (blob.size <= maxBytes) return new Uint8Array(await blob.arrayBuffer())
  }
  return undefined
}

async function draw(bitmap: ImageBitmap, scale: number, quality: number): Promise<Blob> {
  const width = Math.max(1, Math.round(bitmap.width * scale))
  const height = Math.max(1, Math.round(bitmap.height * scale))
  const canvas = new OffscreenCanvas(width, height)
  const context = canvas.getContext('2d')
  if (!context) throw new Error('This browser cannot draw pictures just now. Try again.')
  context.imageSmoothingQuality = 'high'
  context.drawImage(bitmap, 0, 0, width, height)
  const webp = await canvas.convertToBlob({ type: 'image/webp', quality })
  // Browsers that cannot write WebP answer with a PNG.
  if (webp.type === 'image/webp') return webp
  // JPEG has no transparency; without paper under it, it becomes black.
  context.globalCompositeOperation = 'destination-over'
  context.fillStyle = '#ffffff'
  context.fillRect(0, 0, width, height)
  return canvas.convertToBlob({ type: 'image/jpeg', quality })
}
