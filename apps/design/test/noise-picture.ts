import type { Page } from 'playwright-core'

export interface PictureFile {
  readonly name: string
  readonly mimeType: string
  readonly buffer: Buffer
}

/** A picture of noise, which no encoder makes small, made by the browser itself. Pixels of its edge. */
export async function noisePicture(page: Page, type: string, edge: number): Promise<PictureFile> {
  const base64 = await page.evaluate(
    async ([mime, size]) => {
      const canvas = new OffscreenCanvas(size, size)
      const context = canvas.getContext('2d')
      const image = context?.createImageData(size, size)
      if (!context || !image) throw new Error('no canvas')
      for (let at = 0; at < image.data.length; at += 65_536) {
        crypto.getRandomValues(image.data.subarray(at, Math.min(at + 65_536, image.data.length)))
      }
      context.putImageData(image, 0, 0)
      const bytes = new Uint8Array(await (await canvas.convertToBlob({ type: mime })).arrayBuffer())
      return btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(''))
    },
    [type, edge] as const,
  )
  return { name: 'noise', mimeType: type, buffer: Buffer.from(base64, 'base64') }
}

/** A GIF of one red pixel. */
export const tinyGif: PictureFile = {
  name: 'tiny',
  mimeType: 'image/gif',
  buffer: Buffer.from('R0lGODdhAQABAIAAAP8AAAAAACwAAAAAAQABAAACAkQBADs=', 'base64'),
}

/** The same JPEG with what a camera notes in it. */
export function withExif(jpeg: PictureFile, note: string): PictureFile {
  const content = Buffer.from(`Exif\0\0MM\0*\0\0\0\b\0\0\0\0\0\0${note}`, 'latin1')
  const head = Buffer.from([0xff, 0xe1, (content.length + 2) >> 8, (content.length + 2) & 0xff])
  return { ...jpeg, buffer: Buffer.concat([jpeg.buffer.subarray(0, 2), head, content, jpeg.buffer.subarray(2)]) }
}
