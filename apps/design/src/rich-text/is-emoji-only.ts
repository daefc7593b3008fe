const segmenter = new Intl.Segmenter(undefined, { granularity: 'grapheme' })
const mostEmoji = 6
// The longest of one character, a family with skin tones, has 25 UTF-16 units.
const mostUnits = mostEmoji * 30

/** One to six emoji and nothing else but spaces: shown larger. */
export function isEmojiOnly(text: string): boolean {
  // Nearly every text has a letter, and finding graphemes takes long.
  if (text.length > mostUnits || /\p{L}/u.test(text)) return false
  const seen = [...segmenter.segment(text)].map(({ segment }) => segment).filter((segment) => segment.trim() !== '')
  return seen.length > 0 && seen.length <= mostEmoji && seen.every(isEmoji)
}

function isEmoji(grapheme: string): boolean {
  return /\p{Extended_Pictographic}|\p{Regional_Indicator}{2}|\u20E3/u.test(grapheme)
}
