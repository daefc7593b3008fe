import { useCallback, useEffect, useState } from 'react'

/** What was noted within the last `lastsMs`, and a function that notes something or takes it back. */
export function useRecent<T>(lastsMs: number): readonly [ReadonlySet<T>, (item: T, isOn: boolean) => void] {
  const [ends, setEnds] = useState<ReadonlyMap<T, number>>(new Map())
  useEffect(() => {
    if (ends.size === 0) return
    const wait = Math.min(...ends.values()) - Date.now()
    const timer = setTimeout(() => setEnds(new Map([...ends].filter(([, end]) => end > Date.now()))), wait)
    return () => clearTimeout(timer)
  }, [ends])
  const note = useCallback(
    (item: T, isOn: boolean) => setEnds((all) => new Map(all).set(item, isOn ? Date.now() + lastsMs : 0)),
    [lastsMs],
  )
  return [new Set(ends.keys()), note]
}
