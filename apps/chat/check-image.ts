import { GIF } from 'image-size/types/gif'
import { JPG } from 'image-size/types/jpg'
import { PNG } from 'image-size/types/png'
import { WEBP } from 'image-size/types/webp'
import type { Picture } from './store/chat-store.ts'

const kinds = Object.entries({ 'image/png': PNG, 'image/jpeg': JPG, 'image/gif': GIF, 'image/webp': WEBP })
/** Larger ones take a browser hundreds of MB to decode, whatever the size of the file. */
const maxEdge = 8_000

/** What the bytes say that they are, whatever they are called; undefined where they are no picture that the chat shows. */
export function checkImage(bytes: Uint8Array): Picture | undefined {
  // The parsers would read on behind the end, in memory that other buffers share.
  const file = new Uint8Array(bytes)
  try {
    const [type, parser] = kinds.find(([, each]) => each.validate(file)) ?? []
    if (!type || !parser) return undefined
    const { width, height, orientation = 1 } = parser.calculate(file)
    if (Math.min(width, height) < 1 || Math.max(width, height) > maxEdge) return undefined
    // EXIF 5 to 8: shown on its side.
    return orientation > 4 ? { type, width: height, height: width, bytes } : { type, width, height, bytes }
  } catch {
    return undefined // its head is broken: so the parsers say it
  }
}
