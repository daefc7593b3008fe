import type { ReactElement } from 'react'

export interface EmojiBarProps {
  /** Its name, for example `React to the message of Ada`. */
  readonly label: string
  readonly emoji: readonly string[]
  /** Those that are on; choosing one of them turns it off. */
  readonly chosen?: readonly string[]
  readonly onChoose: (emoji: string, isOn: boolean) => void
}

export function EmojiBar({ label, emoji, chosen = [], onChoose }: EmojiBarProps): ReactElement {
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
