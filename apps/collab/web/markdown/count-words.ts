const words = new Intl.Segmenter(undefined, { granularity: 'word' })

/** Words as the reader's language counts them, so that texts without spaces have some too. */
export function countWords(text: string): number {
  let count = 0
  for (const { isWordLike } of words.segment(text)) if (isWordLike) count += 1
  return count
}
