const quote = 0x22
const backslash = 0x5c
const openArray = 0x5b
const closeArray = 0x5d
const openObject = 0x7b
const closeObject = 0x7d

/** Whether JSON text nests at most so many levels. Of other text the answer means nothing, but ends. */
export function isWithinDepth(text: string, maxDepth: number): boolean {
  // A level takes two characters. Most texts end here, and of the others most at the count, which the engine does fast.
  if (text.length <= 2 * maxDepth || countUpTo(maxDepth, text) <= maxDepth) return true
  let depth = 0
  let isInString = false
  for (let index = 0; index < text.length; index++) {
    const code = text.charCodeAt(index)
    if (code === quote) isInString = !isInString
    else if (isInString) index += code === backslash ? 1 : 0
    else if (code === openArray || code === openObject) {
      if (++depth > maxDepth) return false
    } else if (code === closeArray || code === closeObject) depth--
  }
  return true
}

/** Brackets that open something, those in strings too; counted no further than is needed. */
function countUpTo(limit: number, text: string): number {
  let count = 0
  for (const bracket of ['[', '{']) {
    for (let at = text.indexOf(bracket); at !== -1 && count <= limit; at = text.indexOf(bracket, at + 1)) count++
  }
  return count
}
