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
        toasts.show({ tone: 'bad', text: reasonOf(error) })
        return undefined
      }
    },
    [toasts],
  )
}

/** Nothing here is sent again under the same key, so that trying again may repeat it. */
function reasonOf(error: unknown): string {
  const { code } = (error ?? {}) as { readonly code?: unknown }
  if (code === 'OUTCOME_UNKNOWN')
    return 'The connection broke before the answer. Look whether it was done, then try again.'
  return failureText(error)
}
