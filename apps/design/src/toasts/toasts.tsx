import { useCallback, useMemo, useState, type ReactElement, type ReactNode } from 'react'
import { ToastCard } from './toast-card.tsx'
import { ToastsContext, type ToastEntry, type ToastOptions } from './toasts-context.ts'

let lastId = 0

/** Where `useToasts()` shows what it is given. Once, around the page. */
export function Toasts({ children }: { readonly children: ReactNode }): ReactElement {
  const [entries, setEntries] = useState<readonly ToastEntry[]>([])
  const dismiss = useCallback((id: number) => setEntries((all) => all.filter((entry) => entry.id !== id)), [])
  const toasts = useMemo(
    () => ({
      show(options: ToastOptions): number {
        const id = ++lastId
        // The oldest makes room: more than four cover the page.
        setEntries((all) => [...all, { ...options, id }].slice(-4))
        return id
      },
      dismiss,
    }),
    [dismiss],
  )
  return (
    <ToastsContext value={toasts}>
      {children}
      <section className="mr-toasts" aria-label="Notices" aria-live="polite" aria-relevant="additions">
        {entries.map((entry) => (
          <ToastCard key={entry.id} entry={entry} onDismiss={dismiss} />
        ))}
      </section>
    </ToastsContext>
  )
}
