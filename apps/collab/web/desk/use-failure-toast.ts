import { failureText, useToasts } from '@millrace/app-design'
import { useEffect, useRef } from 'react'
import type { DeskRequest } from './desk-request.ts'

/** Says once that comments were not taken, where that cannot be seen. */
export function useFailureToast(requests: readonly DeskRequest[], areShown: boolean, onShow: () => void): void {
  const toasts = useToasts()
  const told = useRef<ReadonlySet<string>>(new Set())
  const shown = useRef<number>(undefined)
  const show = useRef(onShow)
  useEffect(() => {
    show.current = onShow
  })
  useEffect(() => {
    const failed = requests.filter(({ state, name }) => state === 'failed' && name !== 'title.set')
    const fresh = failed.filter(({ key }) => !told.current.has(key))
    told.current = new Set(failed.map(({ key }) => key))
    const [first] = fresh
    if (!first || areShown) return
    if (shown.current !== undefined) toasts.dismiss(shown.current)
    shown.current = toasts.show({
      tone: 'bad',
      title: failed.length === 1 ? 'A comment was not sent' : `${failed.length} comments were not sent`,
      text: failureText(first.error),
      action: { label: 'Show', onAct: () => show.current() },
    })
  }, [requests, areShown, toasts])
  // Another page has nothing to show.
  useEffect(() => () => void (shown.current !== undefined && toasts.dismiss(shown.current)), [toasts])
}
