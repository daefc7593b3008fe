/** Who types, by user id: until when it is believed, ms on the page's clock. */
export type Typists = ReadonlyMap<string, number>

/** Somebody who types says so again before this has passed, ms. */
export const typingLastsMs = 5_000

export function heard(typists: Typists, userId: string, isTyping: boolean, nowMs: number): Typists {
  const next = new Map(typists)
  if (isTyping) next.set(userId, nowMs + typingLastsMs)
  else next.delete(userId)
  return next
}

export function typingNow(typists: Typists, nowMs: number): readonly string[] {
  return [...typists].filter(([, untilMs]) => untilMs > nowMs).map(([userId]) => userId)
}

export function typingText(names: readonly string[]): string {
  const [first, second] = names
  if (first === undefined) return ''
  if (second === undefined) return `${first} is typing…`
  return names.length === 2 ? `${first} and ${second} are typing…` : 'Several people are typing…'
}
