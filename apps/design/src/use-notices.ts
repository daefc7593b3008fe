import { useCallback } from 'react'
import { useToasts } from './toasts/use-toasts.ts'
import { useIsVisible } from './use-is-visible.ts'
import { showSystemNotice, type SystemNotice } from './use-system-notices.ts'

/** Tells the reader of something that concerns them: by a toast, and by the system where nobody looks at the page. */
export function useNotices(): (notice: SystemNotice) => void {
  const toasts = useToasts()
  const isVisible = useIsVisible()
  return useCallback(
    (notice) => {
      const { title, text, onOpen } = notice
      const action = { label: 'Open', onAct: onOpen }
      // A toast that nobody sees waits until somebody does.
      toasts.show({ title, text, tone: 'mention', action, ...(!isVisible && { durationMs: Infinity }) })
      showSystemNotice(notice)
    },
    [toasts, isVisible],
  )
}
