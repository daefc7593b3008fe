import type { Random } from '@millrace/contract'
import { removeAwarenessStates, type Awareness } from 'y-protocols/awareness'

/** A Yjs client id, 32 bits without sign. */
export function drawClientId(random: Random): number {
  return Math.floor(random.fraction() * 2 ** 32)
}

/** Gives a replica and its awareness another client id: what is edited from here on is under it. */
export function renewClientId(awareness: Awareness, random: Random): void {
  const { doc, clientID } = awareness
  const state = awareness.getLocalState()
  removeAwarenessStates(awareness, [clientID], 'local')
  doc.clientID = drawClientId(random)
  awareness.clientID = doc.clientID
  awareness.setLocalState(state)
}
