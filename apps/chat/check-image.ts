import { GIF } from 'image-size/types/gif'
import { JPG } from 'image-size/types/jpg'
import { PNG } from 'image-size/types/png'
import { WEBP } from 'image-size/types/webp'
import type { Picture } from './store/chat-store.ts'

const kinds = [
  { type: 'image/png', parser: PNG },
  { type: 'image/jpeg', parser: JPG },
  { type: 'image/gif', parser: GIF },
  { type: 'image/webp', parser: WEBP },
]
/** Larger ones take a browser hundreds of MB to decode, whatever the size of the file. */
const maxEdge = 8_000

/** What the bytes say that they are, whatever they are called; undefined where they are no picture that the chat shows. */
export function checkImage(bytes: Uint8Array): Picture | undefined {
  // The parsers would read on behind the end, in memory that other buffers share.
  const file = new Uint8Array(bytes)
  try {
    const kind = kinds.find(({ parser }) => parser.validate(file))
    if (kind === undefined) return undefined
    const size = kind.parser.calculate(file)
    // EXIF 5 to 8: shown on its side.
    const isTurned = (size.orientation ?? 1) > 4
    const [width, height] = isTurned ? [size.height, size.width] : [size.width, size.height]
    const isShown = Math.min(width, height) >= 1 && Math.max(width, height) <= maxEdge
    return isShown ? { type: kind.type, width, height, bytes } : undefined
  } catch {
    return undefined // its head is broken: so the parsers say it
  }
}
