import { useEffect, useMemo, useSyncExternalStore } from 'react'
import type * as Y from 'yjs'
import { Changing } from '../changing.ts'

/** The text as it stands, at most once per frame: a merge may change it a thousand times at once. */
export function useText(text: Y.Text): string {
  const shown = useMemo(() => new Changing(text.toJSON()), [text])
  useEffect(() => follow(text, shown), [text, shown])
  return useSyncExternalStore(shown.subscribe, shown.read)
}

function follow(text: Y.Text, shown: Changing<string>): () => void {
  let frame: number | undefined
  const refresh = (): void => {
    frame = undefined
    shown.set(text.toJSON())
  }
  const onChange = (): void => {
    // A page behind another one has no frames, and nobody looks at it.
    frame ??= requestAnimationFrame(refresh)
  }
  refresh()
  text.observe(onChange)
  return () => {
    text.unobserve(onChange)
    if (frame !== undefined) cancelAnimationFrame(frame)
  }
}
