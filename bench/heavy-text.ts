import { createHash } from 'node:crypto'

/** A text of that length which no other number has, so that a text in the wrong place changes what is hashed. */
export function heavyText(seq: number, length: number): string {
  const part = createHash('sha1').update(String(seq)).digest('hex')
  return part.repeat(Math.ceil(length / part.length)).slice(0, length)
}
