import type { ClientState } from '@millrace/client'

export interface Notice {
  readonly tone: 'busy' | 'offline' | 'refused'
  readonly text: string
  /** Only a person can make it try again. */
  readonly canRetry: boolean
}

/**
 * What to tell about the connection; undefined while all is well.
 *
 * @param unsent Messages of ours that wait for the server.
 */
export function connectionNotice(state: ClientState, wasConnected: boolean, unsent: number): Notice | undefined {
  switch (state.state) {
    case 'connected':
      return undefined
    case 'idle':
    case 'connecting':
      if (!wasConnected && (state.state === 'idle' || state.attempt === 1)) return busy('Connecting…')
      return offline(wasConnected, unsent)
    case 'waiting':
      return offline(wasConnected, unsent)
    case 'gave-up':
      return { tone: 'refused', text: `Not connected: ${state.reason.message}`, canRetry: true }
    case 'closed':
      return { tone: 'refused', text: 'This page has left the chat. Reload it to come back.', canRetry: false }
  }
}

function busy(text: string): Notice {
  return { tone: 'busy', text, canRetry: false }
}

function offline(wasConnected: boolean, unsent: number): Notice {
  const what = wasConnected ? 'Offline: waiting for the server' : 'The server does not answer yet; still trying'
  return { tone: 'offline', text: unsent === 0 ? `${what}.` : `${what}, ${unsent} unsent.`, canRetry: false }
}
