import { useEffect, useState } from 'react'
import { WordCount } from '../markdown/word-count.ts'

/** Characters that are counted at once: less than a frame's work on a slow device. */
const atOnce = 4_000

/** The words of a text, counted while nothing else is to be done. */
export function useWordCount(text: string): number {
  const [count] = useState(() => new WordCount())
  const [words, setWords] = useState(0)
  useEffect(() => {
    count.take(text)
    let cancel = whenIdle(goOn)
    function goOn(): void {
      if (count.step(atOnce)) setWords(count.total)
      else cancel = whenIdle(goOn)
    }
    return () => cancel()
  }, [count, text])
  return words
}

/** Some browsers do not tell when they are idle. */
function whenIdle(call: () => void): () => void {
  if (!('requestIdleCallback' in globalThis)) {
    const timer = setTimeout(call, 50)
    return () => clearTimeout(timer)
  }
  const id = requestIdleCallback(call, { timeout: 1_000 })
  return () => cancelIdleCallback(id)
}
