/** What groups messages of a log. */
export interface Said {
  readonly author: { readonly id: string; readonly name: string }
  /** Ms since 1970. */
  readonly at: number
}

const groupMs = 5 * 60_000
/** Times that are no further apart have the same day of the month on the same day only. */
const twoDaysMs = 48 * 3_600_000

/** Whether `message` may stand under the name of the one before it: the same author, day, and 5 minutes. */
export function continues(before: Said | undefined, message: Said): boolean {
  return before?.author.id === message.author.id && message.at - before.at < groupMs && isSameDay(before, message)
}

export function isSameDay(before: Said | undefined, message: Said): boolean {
  if (before === undefined || Math.abs(message.at - before.at) > twoDaysMs) return false
  return new Date(before.at).getDate() === new Date(message.at).getDate()
}
