import { unreadable } from './refuse.ts'

/** UTF-16 units of UTF-8 text: what Yjs counts. Refuses what a strict decoder does (WHATWG Encoding, "UTF-8 decoder"). */
export function textLength(bytes: Uint8Array): number {
  let units = 0
  let at = 0
  while (at < bytes.length) {
    const first = byteAt(bytes, at)
    const size = sequenceSize(first)
    if (size === 0 || at + size > bytes.length) throw unreadable('text is not UTF-8')
    if (size > 1) {
      const second = byteAt(bytes, at + 1)
      if (second < leastSecond(first) || second > greatestSecond(first)) throw unreadable('text is not UTF-8')
      for (let next = at + 2; next < at + size; next++) {
        if ((byteAt(bytes, next) & 0xc0) !== 0x80) throw unreadable('text is not UTF-8')
      }
    }
    units += size === 4 ? 2 : 1
    at += size
  }
  return units
}

/** Inside of the bytes, which the callers have checked. */
function byteAt(bytes: Uint8Array, index: number): number {
  return bytes[index] as number
}

/** 0 for a byte that begins nothing. */
function sequenceSize(first: number): number {
  if (first < 0x80) return 1
  if (first < 0xc2) return 0
  if (first < 0xe0) return 2
  if (first < 0xf0) return 3
  return first < 0xf5 ? 4 : 0
}

/** Shorter forms exist below: E0 80 would be one or two bytes. */
function leastSecond(first: number): number {
  if (first === 0xe0) return 0xa0
  return first === 0xf0 ? 0x90 : 0x80
}

/** ED A0 would be half of a surrogate pair, F4 90 beyond Unicode. */
function greatestSecond(first: number): number {
  if (first === 0xed) return 0x9f
  return first === 0xf4 ? 0x8f : 0xbf
}
