import { createContext } from 'react'

export interface ToastOptions {
  readonly text: string
  /** A bold line above the text. */
  readonly title?: string
  readonly tone?: 'neutral' | 'good' | 'bad' | 'mention'
  readonly action?: { readonly label: string; readonly onAct: () => void }
  /** Default 6 000 ms; Infinity stays until dismissed. The time stands still while the pointer or the focus is on it. */
  readonly durationMs?: number
}

export interface ToastEntry extends ToastOptions {
  readonly id: number
}

export interface ToastsHandle {
  /** @returns What `dismiss` takes. */
  show(options: ToastOptions): number
  dismiss(id: number): void
}

export const ToastsContext = createContext<ToastsHandle | undefined>(undefined)
