import * as Y from 'yjs'

/** Unicode's own character for what is no text. */
const placeholder = '\u{FFFC}'

/** A text as long as Yjs says it is: embedded things, which only somebody else's client puts in, are placeholders. */
export function plainText(text: Y.Text): string {
  const parts: string[] = []
  for (let item = text._start; item; item = item.right) {
    if (item.deleted || !item.countable) continue
    parts.push(item.content instanceof Y.ContentString ? item.content.str : placeholder.repeat(item.length))
  }
  return parts.join('')
}
