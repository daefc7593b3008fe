import { useRemembered } from '@millrace/app-design'
import { useState } from 'react'

export type Mode = 'split' | 'write' | 'preview'
type Panel = 'comments' | 'versions'

export interface Look {
  /** A phone shows one: `split` is `write` there. */
  readonly mode: Mode
  /** Beside the text; on a phone in its place. */
  readonly panel: Panel | undefined
}

const modes = ['split', 'write', 'preview'] as const
const readMode = (stored: unknown): Mode | undefined => modes.find((mode) => mode === stored)

/** What is shown of a document. The mode is remembered in this tab. */
export function useLook(): readonly [Look, (change: Partial<Look>) => void] {
  const remembered = useRemembered('collab mode', undefined, readMode)
  const [look, setLook] = useState<Look>({ mode: remembered ?? 'split', panel: undefined })
  useRemembered('collab mode', look.mode, readMode)
  return [look, (change) => setLook((before) => ({ ...before, ...change }))]
}
