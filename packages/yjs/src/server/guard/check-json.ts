import { harmful, unreadable } from './refuse.ts'
import { mostValueDepth } from './skip-any.ts'

/** As lib0 reads text. */
const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })

/** Refuses what `JSON.parse` would, and what `JSON.stringify` could not write again. */
export function checkJson(bytes: Uint8Array): void {
  if (depthOf(bytes) > mostValueDepth) throw harmful(`a value is deeper than ${mostValueDepth}`)
  try {
    JSON.parse(decoder.decode(bytes))
  } catch {
    throw unreadable('a value is no JSON')
  }
}

const quote = 0x22
const backslash = 0x5c

function depthOf(json: Uint8Array): number {
  let depth = 0
  let deepest = 0
  let isText = false
  for (let at = 0; at < json.length; at++) {
    const byte = json[at]
    if (isText) {
      if (byte === backslash) at++
      else if (byte === quote) isText = false
    } else if (byte === quote) isText = true
    else if (byte === 0x5b || byte === 0x7b) deepest = Math.max(deepest, ++depth)
    else if (byte === 0x5d || byte === 0x7d) depth--
  }
  return deepest
}
