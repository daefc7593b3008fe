const segmenter = new Intl.Segmenter(undefined, { granularity: 'grapheme' })

/** The first letters of the first and the last word, as readers see letters. At most two. */
export function initialsOf(name: string): string {
  const words = name.trim().split(/\s+/u)
  const ends = words.length > 1 ? [words[0], words.at(-1)] : words
  return ends.map((word) => firstLetter(word ?? '')).join('')
}

function firstLetter(word: string): string {
  // Nothing can belong to a letter before another one of these, and segments take long to find.
  if (/^[\u0021-\u007e]([\u0021-\u007e]|$)/.test(word)) return word.charAt(0).toLocaleUpperCase()
  const [first] = segmenter.segment(word)
  return first?.segment.toLocaleUpperCase() ?? ''
}
