import { failureText, useToasts } from '@millrace/app-design'
import { useCallback } from 'react'

/** Resolves with what was asked for; undefined where it was not done, which a toast says. */
export type Ask = <T>(asked: () => Promise<T>) => Promise<{ readonly data: T } | undefined>

export function useAsk(): Ask {
  const toasts = useToasts()
  return useCallback(
    async (asked) => {
      try {
        return { data: await asked() }
      } catch (error) {
        toasts.show({ tone: 'bad', text: failureText(error) })
        return undefined
      }
    },
    [toasts],
  )
}
