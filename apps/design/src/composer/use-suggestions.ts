import { useEffect, useState } from 'react'
import type { MentionQuery } from './mention-query.ts'
import type { Suggestion } from './suggestion.ts'

export type Suggest = (query: string) => Promise<readonly Suggestion[]>

export interface Suggestions {
  readonly found: readonly Suggestion[]
  /** The place in `found` that Enter takes. */
  readonly active: number
  /** The list could not be read. */
  readonly hasFailed: boolean
  move(by: 1 | -1): void
}

const nothing = { query: undefined, found: [], active: 0, hasFailed: false } as const

interface Answered {
  readonly query: string | undefined
  readonly found: readonly Suggestion[]
  readonly active: number
  readonly hasFailed: boolean
}

/** Asks for each query; an answer to an older one is not shown. */
export function useSuggestions(suggest: Suggest | undefined, asked: MentionQuery | undefined): Suggestions {
  const [answered, setAnswered] = useState<Answered>(nothing)
  const query = asked?.query
  useEffect(() => {
    if (!suggest || query === undefined) return
    let isWanted = true
    suggest(query).then(
      (found) => isWanted && setAnswered({ query, found, active: 0, hasFailed: false }),
      () => isWanted && setAnswered({ query, found: [], active: 0, hasFailed: true }),
    )
    return () => {
      isWanted = false
    }
  }, [suggest, query])
  const shown = query === undefined ? nothing : answered
  const { found, active, hasFailed } = shown
  const move = (by: 1 | -1): void =>
    setAnswered((all) => ({ ...all, active: (all.active + by + all.found.length) % Math.max(1, all.found.length) }))
  return { found, active, hasFailed, move }
}
