import type { ReactElement } from 'react'

export interface ReactionsProps<Emoji extends string> {
  /** Those that somebody chose. */
  readonly reactions: readonly { readonly emoji: Emoji; readonly count: number; readonly isOwn: boolean }[]
  readonly onChoose: (emoji: Emoji, isOn: boolean) => void
}

/** How often each emoji was chosen; a click joins in, another one takes it back. */
export function Reactions<Emoji extends string>({ reactions, onChoose }: ReactionsProps<Emoji>): ReactElement | null {
  if (reactions.length === 0) return null
  return (
    <fieldset className="mr-reactions" aria-label="Reactions">
      {reactions.map(({ emoji, count, isOwn }) => (
        <button
          key={emoji}
          type="button"
          className="mr-reaction"
          aria-pressed={isOwn}
          onClick={() => onChoose(emoji, !isOwn)}
        >
          {emoji} {count}
        </button>
      ))}
    </fieldset>
  )
}

/** The offered emoji that somebody chose, in the order in which they are offered. */
export function reactionCounts<Emoji extends string>(
  offered: readonly Emoji[],
  given: readonly { readonly emoji: string; readonly userIds: readonly string[] }[],
  ownId: string,
): ReactionsProps<Emoji>['reactions'] {
  return offered.flatMap((emoji) => {
    const userIds = given.find((reaction) => reaction.emoji === emoji)?.userIds ?? []
    return userIds.length > 0 ? [{ emoji, count: userIds.length, isOwn: userIds.includes(ownId) }] : []
  })
}
