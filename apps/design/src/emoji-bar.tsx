import type { ReactElement } from 'react'

export interface EmojiBarProps<Emoji extends string> {
  /** Its name, for example `React to the message of Ada`. */
  readonly label: string
  readonly emoji: readonly Emoji[]
  /** Those that are on; choosing one of them turns it off. */
  readonly chosen?: readonly Emoji[]
  readonly onChoose: (emoji: Emoji, isOn: boolean) => void
}

export function EmojiBar<Emoji extends string>(props: EmojiBarProps<Emoji>): ReactElement {
  const { label, emoji, chosen = [], onChoose } = props
  return (
    <fieldset className="mr-emoji-bar" aria-label={label}>
      {emoji.map((one) => (
        <button
          key={one}
          type="button"
          className="mr-emoji"
          aria-pressed={chosen.includes(one)}
          onClick={() => onChoose(one, !chosen.includes(one))}
        >
          {one}
        </button>
      ))}
    </fieldset>
  )
}
