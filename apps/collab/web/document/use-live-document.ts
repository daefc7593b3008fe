import { useNamespace } from '@millrace/react'
import { useEffect, useMemo, useSyncExternalStore } from 'react'
import { collab } from '../../contract.ts'
import { Changing } from '../changing.ts'
import { nothingYet, openLiveDocument, type LiveDocument, type LiveState } from './live-document.ts'

interface Shown {
  /** Undefined for the moment before it is opened. */
  readonly live: LiveDocument | undefined
  readonly state: LiveState
}

/** The document as long as it is shown. */
export function useLiveDocument(documentId: string, userId: string): Shown {
  const namespace = useNamespace(collab)
  const { shown, hold } = useMemo(() => {
    const current = new Changing<Shown>({ live: undefined, state: nothingYet })
    const show = (change: Partial<Shown>): void => current.set({ ...current.read(), ...change })
    return {
      shown: current,
      hold: () => {
        const room = namespace.room('page', { documentId })
        const live = openLiveDocument(room, `collab ${userId} ${documentId}`, (state) => show({ state }))
        show({ live })
        return () => {
          current.set({ live: undefined, state: nothingYet })
          live.end()
        }
      },
    }
  }, [namespace, documentId, userId])
  useEffect(hold, [hold])
  return useSyncExternalStore(shown.subscribe, shown.read)
}
