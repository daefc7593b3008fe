import { encodeBitmap } from './encode-bitmap.ts'

export interface ShrinkOptions {
  readonly maxBytes: number
  /** Pixels of the longer side. */
  readonly maxEdge: number
}

const known = ['image/png', 'image/jpeg', 'image/webp', 'image/gif']

/**
 * A picture small enough to be sent, drawn anew: what a camera noted in it, place included, is gone. A GIF that is
 * small enough stays as it is, since it may move.
 *
 * Rejects with an Error that says in plain words why the file cannot be sent.
 */
export async function shrinkImage(file: Blob, { maxBytes, maxEdge }: ShrinkOptions): Promise<Uint8Array<ArrayBuffer>> {
  if (!known.includes(file.type)) throw new Error('This is not a picture. Choose a PNG, JPEG, WebP or GIF file.')
  const bitmap = await decode(file)
  try {
    const isSmall = file.size <= maxBytes && Math.max(bitmap.width, bitmap.height) <= maxEdge
    if (file.type === 'image/gif' && isSmall) return new Uint8Array(await file.arrayBuffer())
    const bytes = await encodeBitmap(bitmap, { maxBytes, maxEdge })
    if (!bytes) throw new Error('This picture is too large to be sent. Choose a smaller one.')
    return bytes
  } finally {
    bitmap.close()
  }
}

async function decode(file: Blob): Promise<ImageBitmap> {
  try {
    return await createImageBitmap(file)
  } catch (cause) {
    throw new Error('This file is not a picture, or it is damaged. Choose another one.', { cause })
  }
}
