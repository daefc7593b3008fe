/** How many discs style/avatar.css colours. */
const hues = 8

/** One of the colours 0 to 7: the same for the same text, everywhere. */
export function hueOf(text: string): number {
  let hash = 0
  for (const character of text) hash = (Math.imul(hash, 31) + (character.codePointAt(0) ?? 0)) >>> 0
  return hash % hues
}
