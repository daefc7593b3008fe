import * as Y from 'yjs'

/** Unicode's own character for what is no text. */
const placeholder = '\u{FFFC}'

/** Whether there is something in the text that is no character; only somebody else's client puts it there. */
export function isOdd(text: Y.Text): boolean {
  return text.toJSON().length !== text.length
}

/** A text as long as Yjs says it is: what is no character is a placeholder. */
export function plainText(text: Y.Text): string {
  const parts: string[] = []
  for (const item of itemsOf(text)) {
    parts.push(item.content instanceof Y.ContentString ? item.content.str : placeholder.repeat(item.length))
  }
  return parts.join('')
}

/** Deletes what is no character, some of which `Y.Text` passes over. */
export function removeOdd(text: Y.Text, origin: unknown): void {
  text.doc?.transact((transaction) => {
    for (const item of itemsOf(text)) if (!(item.content instanceof Y.ContentString)) item.delete(transaction)
  }, origin)
}

function* itemsOf(text: Y.Text): Generator<Y.Item> {
  for (let item = text._start; item; item = item.right) if (!item.deleted && item.countable) yield item
}
