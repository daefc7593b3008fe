import { Icon, useToasts } from '@millrace/app-design'
import { useEffect, useRef, type ReactElement } from 'react'
import type { LiveDocument, LiveState } from './live-document.ts'
import { useHeld } from './use-held.ts'
import { useOnline } from './use-online.ts'
import { useUnsaved } from './use-unsaved.ts'

interface SaveStateProps {
  readonly documentId: string
  readonly userId: string
  readonly live: LiveDocument
  readonly state: LiveState
}

type Face = readonly [tone: 'good' | 'busy' | 'offline', text: string]

/** Short absences are nobody's business, ms. */
const patienceMs = 1_500
/** What takes longer to be saved is on this device only for now, ms. */
const slowMs = 6_000

/** Where the text is: on the server, on the way there, or on this device. */
export function SaveState({ documentId, userId, live, state }: SaveStateProps): ReactElement {
  const unsaved = useUnsaved(userId, documentId, live, state)
  const isOnline = useOnline()
  // A server on this very device saves without a network.
  const isCut = useHeld(!isOnline && unsaved > 0, patienceMs)
  const isGone = useHeld(state.status !== 'connected', patienceMs)
  const isSlow = useHeld(unsaved > 0, slowMs)
  const isAway = isCut || isGone
  const [tone, text] = faceOf(state, unsaved, isAway, isSlow)
  useMergeNotice(state, unsaved, isAway)
  return (
    <>
      <div className="save-state" data-tone={tone}>
        {tone === 'offline' ? (
          <Icon name={state.refusal && !isAway ? 'alert' : 'offline'} size="small" />
        ) : (
          tone === 'good' && <Icon name="check" size="small" />
        )}
        <span>{text}</span>
      </div>
      {/* Read aloud: not each save, and not each change that is kept. */}
      <output className="mr-unseen">{isAway && 'You are offline. What you write is kept on this device.'}</output>
    </>
  )
}

function faceOf({ isSynced, refusal }: LiveState, unsaved: number, isAway: boolean, isSlow: boolean): Face {
  const kept = `${unsaved === 1 ? '1 change' : `${unsaved} changes`} kept on this device`
  if (isAway) {
    if (unsaved === 0) return ['offline', 'Offline: what you write is kept on this device']
    return ['offline', `Offline: ${kept}`]
  }
  if (refusal) return ['offline', `Not saved: ${kept}`]
  if (unsaved > 0) return ['busy', isSlow ? `Saving… ${kept}` : 'Saving…']
  return isSynced ? ['good', 'Saved'] : ['busy', 'Opening…']
}

/** Says once what came of an absence in which something was written. */
function useMergeNotice({ isSynced }: LiveState, unsaved: number, isAway: boolean): void {
  const toasts = useToasts()
  const kept = useRef(0)
  useEffect(() => {
    if (isAway) kept.current = unsaved
    if (isAway || !isSynced || unsaved > 0 || kept.current === 0) return
    const { current: count } = kept
    kept.current = 0
    const text =
      count === 1 ? 'Back online. Your change was merged.' : `Back online. Your ${count} changes were merged.`
    toasts.show({ tone: 'good', text })
  }, [isAway, isSynced, unsaved, toasts])
}
