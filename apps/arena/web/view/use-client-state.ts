import type { ClientState } from '@millrace/client'
import { useCallback, useSyncExternalStore } from 'react'
import type { Game } from '../play/game.ts'

const idle: ClientState = { state: 'idle' }

export function useClientState(game: Game | undefined): ClientState {
  const subscribe = useCallback((listener: () => void) => game?.client.onState(listener) ?? (() => {}), [game])
  return useSyncExternalStore(subscribe, () => game?.client.state ?? idle)
}
