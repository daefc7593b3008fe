import { useDeferredValue, useMemo, type ReactElement } from 'react'
import { countWords } from '../markdown/count-words.ts'
import { useSettled } from './use-settled.ts'

/** Words that people read in a minute. */
const pace = 220
/** Characters: longer texts are counted when nobody has written for a while. */
const longText = 20_000
const longTextMs = 800

/** How much text it is. */
export function StatusLine({ text }: { readonly text: string }): ReactElement {
  const counted = useDeferredValue(useSettled(text, text.length > longText ? longTextMs : 0))
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
