import { useState, type ReactElement } from 'react'
import { Avatar } from './avatar.tsx'
import { Choice } from './choice.tsx'
import type { Suggestion } from './composer/suggestion.ts'
import { useSuggestions, type Suggest } from './composer/use-suggestions.ts'
import { Field } from './field.tsx'

export interface PeoplePickerProps {
  readonly label: string
  /** Keep the function's identity. */
  readonly suggest: Suggest
  readonly chosen: readonly Suggestion[]
  readonly onChange: (chosen: readonly Suggestion[]) => void
}

/** A field to search people in, and check boxes for those who were found and those who are chosen. */
export function PeoplePicker({ label, suggest, chosen, onChange }: PeoplePickerProps): ReactElement {
  const [query, setQuery] = useState('')
  const { found, hasFailed } = useSuggestions(suggest, { start: 0, query: query.trim() })
  const isChosen = ({ id }: Suggestion): boolean => chosen.some((each) => each.id === id)
  const offered = [...chosen, ...found.filter((one) => !isChosen(one))]
  return (
    <div className="mr-picker">
      <Field
        label={label}
        type="search"
        icon="search"
        value={query}
        error={hasFailed ? 'Names cannot be looked up right now.' : undefined}
        onChange={({ target }) => setQuery(target.value)}
      />
      <fieldset className="mr-picker-list" aria-label="People">
        {offered.map((one) => (
          <Choice
            key={one.id}
            type="checkbox"
            checked={isChosen(one)}
            onChange={({ target }) =>
              onChange(target.checked ? [...chosen, one] : chosen.filter(({ id }) => id !== one.id))
            }
            label={
              <span className="mr-picker-name">
                <Avatar name={one.label} id={one.id} size="small" />
                <bdi>{one.label}</bdi>
              </span>
            }
          />
        ))}
      </fieldset>
    </div>
  )
}
