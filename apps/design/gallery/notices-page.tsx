import { Button, ConnectionBanner, useToasts } from '@millrace/app-design'
import type { ClientState } from '@millrace/client'
import { useState, type ReactElement } from 'react'
import { Page, Specimen } from './specimen.tsx'

const reason = { code: 'TRANSPORT_CLOSED', message: 'the connection was lost' }
const refusal = { code: 'UNAUTHENTICATED', message: 'this session belongs to another browser; enter your name again' }
const states: Readonly<Record<string, ClientState>> = {
  Connected: { state: 'connected', node: 'n1', connection: 'c1' },
  Connecting: { state: 'connecting', attempt: 1 },
  Waiting: { state: 'waiting', attempt: 2, retryInMs: 5_000, reason },
  Refused: { state: 'gave-up', reason: refusal },
}

export function NoticesPage(): ReactElement {
  const toasts = useToasts()
  const [state, setState] = useState<ClientState>({ state: 'waiting', attempt: 2, retryInMs: 5_000, reason })
  const connect = (): void => setState({ state: 'connected', node: 'n1', connection: 'c1' })
  return (
    <>
      <ConnectionBanner state={state} waitingCount={3} onRetry={connect} />
      <Page>
        <Specimen title="Connection">
          {Object.entries(states).map(([name, to]) => (
            <Button key={name} onClick={() => setState(to)}>
              {name}
            </Button>
          ))}
        </Specimen>
        <Specimen title="Toasts">
          <Button onClick={() => toasts.show({ text: 'The link is copied.', durationMs: Infinity })}>Neutral</Button>
          <Button onClick={() => toasts.show({ text: 'Sent.', tone: 'good', durationMs: 1_000 })}>Good, for 1 s</Button>
          <Button
            onClick={() =>
              toasts.show({
                text: 'The picture is too large. Choose a smaller one.',
                tone: 'bad',
                durationMs: Infinity,
              })
            }
          >
            Bad
          </Button>
          <Button
            onClick={() =>
              toasts.show({
                title: 'Ada in General',
                text: '@you, the engine weaves algebraical patterns just as the loom weaves flowers and leaves.',
                tone: 'mention',
                action: { label: 'Show', onAct: () => toasts.show({ text: 'Shown.', durationMs: Infinity }) },
                durationMs: Infinity,
              })
            }
          >
            Mention
          </Button>
        </Specimen>
      </Page>
    </>
  )
}
