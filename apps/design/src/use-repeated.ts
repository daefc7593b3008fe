import { useRef } from 'react'

/** Tells `say` when something begins, at most once in `everyMs` while it goes on, and when it is over. */
export function useRepeated(say: (isOn: boolean) => void, everyMs: number): (isOn: boolean) => void {
  const saidAt = useRef<number>(undefined)
  return (isOn) => {
    const now = performance.now()
    const isSaid = saidAt.current !== undefined && (!isOn || saidAt.current > now - everyMs)
    if (isOn === isSaid) return
    saidAt.current = isOn ? now : undefined
    say(isOn)
  }
}
