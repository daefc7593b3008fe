import { useEffect, useMemo, useSyncExternalStore } from 'react'
import type * as Y from 'yjs'
import { Changing } from '../changing.ts'
import { plainText } from '../editor/plain-text.ts'

/** Characters: longer texts are shown anew less often, since whoever shows them has more to do. */
const longText = 20_000
const longTextMs = 250

/** The text as it stands, at most once per frame: a merge may change it a thousand times at once. */
export function useText(text: Y.Text): string {
  const shown = useMemo(() => new Changing(plainText(text)), [text])
  useEffect(() => follow(text, shown), [text, shown])
  return useSyncExternalStore(shown.subscribe, shown.read)
}

function follow(text: Y.Text, shown: Changing<string>): () => void {
  let cancel: (() => void) | undefined
  const refresh = (): void => {
    cancel = undefined
    shown.set(plainText(text))
  }
  const onChange = (): void => {
    cancel ??= text.length > longText ? afterMs(longTextMs, refresh) : atFrame(refresh)
  }
  refresh()
  text.observe(onChange)
  return () => {
    text.unobserve(onChange)
    cancel?.()
  }
}

/** A page behind another one has no frames, and nobody looks at it. */
function atFrame(call: () => void): () => void {
  const frame = requestAnimationFrame(call)
  return () => cancelAnimationFrame(frame)
}

function afterMs(ms: number, call: () => void): () => void {
  const timer = setTimeout(call, ms)
  return () => clearTimeout(timer)
}
