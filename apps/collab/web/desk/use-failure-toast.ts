import { failureText, useToasts } from '@millrace/app-design'
import { useEffect, useRef } from 'react'
import type { DeskRequest } from './desk-request.ts'

/** Says once of each comment that was not taken, where it cannot be seen. */
export function useFailureToast(requests: readonly DeskRequest[], areShown: boolean, onShow: () => void): void {
  const toasts = useToasts()
  const told = useRef(new Set<string>())
  const show = useRef(onShow)
  useEffect(() => {
    show.current = onShow
  })
  useEffect(() => {
    for (const { key, name, state, error } of requests) {
      if (state !== 'failed' || name === 'title.set') {
        told.current.delete(key)
        continue
      }
      if (told.current.has(key)) continue
      told.current.add(key)
      if (areShown) continue
      const action = { label: 'Show it', onAct: () => show.current() }
      toasts.show({ tone: 'bad', title: 'A comment was not sent', text: failureText(error), action })
    }
  }, [requests, areShown, toasts])
}
