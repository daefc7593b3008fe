import { use } from 'react'
import { ToastsContext, type ToastsHandle } from './toasts-context.ts'

/** Throws where no `<Toasts>` is around. */
export function useToasts(): ToastsHandle {
  const toasts = use(ToastsContext)
  if (!toasts) throw new Error('useToasts() found no <Toasts>: put one around the page')
  return toasts
}
