import type { ReactElement } from 'react'
import { Avatar } from '../avatar.tsx'
import type { Suggestion } from './suggestion.ts'

export interface SuggestionListProps {
  readonly id: string
  readonly found: readonly Suggestion[]
  readonly active: number
  readonly onChoose: (suggestion: Suggestion) => void
}

/** The list of a combobox: the focus stays in the text, arrow keys there move `active`. */
export function SuggestionList({ id, found, active, onChoose }: SuggestionListProps): ReactElement {
  return (
    // oxlint-disable-next-line jsx-a11y/prefer-tag-over-role -- <datalist> cannot complete a word within a text
    <div id={id} className="mr-suggestions" role="listbox" aria-label="People">
      {found.map((suggestion, index) => (
        <div
          key={suggestion.id}
          id={optionId(id, index)}
          className="mr-suggestion"
          // oxlint-disable-next-line jsx-a11y/prefer-tag-over-role -- as its list
          role="option"
          tabIndex={-1}
          aria-selected={index === active}
          // Before the text loses the focus.
          onPointerDown={(event) => {
            event.preventDefault()
            onChoose(suggestion)
          }}
        >
          <Avatar name={suggestion.label} id={suggestion.id} size="small" />
          <bdi>{suggestion.label}</bdi>
        </div>
      ))}
    </div>
  )
}

export function optionId(listId: string, index: number): string {
  return `${listId}option${index}`
}
