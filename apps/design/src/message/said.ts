/** What groups messages of a log. */
export interface Said {
  readonly author: { readonly id: string; readonly name: string }
  /** Ms since 1970. */
  readonly at: number
}

const groupMs = 5 * 60_000

/** Whether `message` may stand under the name of the one before it: the same author, day, and 5 minutes. */
export function continues(before: Said | undefined, message: Said): boolean {
  return before?.author.id === message.author.id && message.at - before.at < groupMs && isSameDay(before, message)
}

export function isSameDay(before: Said | undefined, message: Said): boolean {
  return before !== undefined && new Date(before.at).toDateString() === new Date(message.at).toDateString()
}
