import type { ClientState } from '@millrace/client'

export interface ConnectionText {
  readonly tone: 'busy' | 'offline' | 'refused'
  readonly text: string
  /** It goes on only when somebody asks for it. */
  readonly canRetry: boolean
}

/** What to say of a connection, and nothing while it is there. `waitingCount`: changes that wait to be sent. */
export function connectionText(state: ClientState, waitingCount: number): ConnectionText | undefined {
  const kept = keptText(waitingCount)
  switch (state.state) {
    case 'connected':
    case 'idle':
    case 'closed':
      return undefined
    case 'connecting':
      return { tone: 'busy', text: `Connecting…${kept}`, canRetry: false }
    case 'waiting':
      return { tone: 'offline', text: `You are offline, and the page keeps trying.${kept}`, canRetry: true }
    case 'gave-up':
      return { tone: 'refused', text: `${asSentence(state.reason.message)}${kept}`, canRetry: true }
  }
}

function keptText(count: number): string {
  if (count === 0) return ''
  return count === 1 ? ' One change is kept and will be sent.' : ` ${count} changes are kept and will be sent.`
}

function asSentence(text: string): string {
  const sentence = text.charAt(0).toUpperCase() + text.slice(1)
  return /[.!?]$/.test(sentence) ? sentence : `${sentence}.`
}
