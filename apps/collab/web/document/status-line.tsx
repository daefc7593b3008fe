import { useDeferredValue, useMemo, type ReactElement } from 'react'
import { countWords } from '../markdown/count-words.ts'

/** Words that people read in a minute. */
const pace = 220

/** How much text it is. */
export function StatusLine({ text }: { readonly text: string }): ReactElement {
  const counted = useDeferredValue(text)
  const words = useMemo(() => countWords(counted), [counted])
  const minutes = Math.max(1, Math.round(words / pace))
  return (
    <footer className="status-line">
      <span>{words === 1 ? '1 word' : `${words.toLocaleString()} words`}</span>
      <span>{counted.length.toLocaleString()} characters</span>
      <span>{minutes} min to read</span>
    </footer>
  )
}
