import { memo, type ReactElement } from 'react'
import { useWordCount } from './use-word-count.ts'

/** Words that people read in a minute. */
const pace = 220

/** How much text it is. */
export const StatusLine = memo(function StatusLine({ text }: { readonly text: string }): ReactElement {
  const words = useWordCount(text)
  const minutes = Math.max(1, Math.round(words / pace))
  return (
    <footer className="status-line">
      <span>{words === 1 ? '1 word' : `${words.toLocaleString()} words`}</span>
      <span>{text.length.toLocaleString()} characters</span>
      <span>{minutes} min to read</span>
    </footer>
  )
})
