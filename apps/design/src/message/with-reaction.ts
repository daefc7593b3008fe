/** One emoji of a message, and who chose it. */
export interface Reaction<Emoji extends string = string> {
  readonly emoji: Emoji
  readonly userIds: readonly string[]
}

/** The reactions after somebody chose one, or took it back; those that nobody chose are left out. */
export function withReaction<Emoji extends string>(
  reactions: readonly Reaction<Emoji>[],
  userId: string,
  emoji: Emoji,
  isOn: boolean,
): { emoji: Emoji; userIds: string[] }[] {
  const isThere = reactions.some((reaction) => reaction.emoji === emoji)
  const all = isThere ? reactions : [...reactions, { emoji, userIds: [] }]
  const changed = all.map((reaction) => {
    if (reaction.emoji !== emoji) return { ...reaction, userIds: [...reaction.userIds] }
    const others = reaction.userIds.filter((id) => id !== userId)
    return { emoji, userIds: isOn ? [...others, userId] : others }
  })
  return changed.filter(({ userIds }) => userIds.length > 0)
}
