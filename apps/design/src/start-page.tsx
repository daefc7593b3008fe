import { createClient, type Client } from '@millrace/client'
import { packedPackets } from '@millrace/client/packed'
import { StrictMode, type ReactNode } from 'react'
import { createRoot } from 'react-dom/client'
import { EnterPage, type EnterPageProps } from './enter-page.tsx'
import { keepOffline } from './keep-offline.ts'
import { browserKey, readSession, type Session } from './session.ts'
import { Toasts } from './toasts/toasts.tsx'

export interface PageOptions extends Pick<EnterPageProps, 'title' | 'logo' | 'submitLabel'> {
  /** What one enters. */
  readonly lead: ReactNode
  /** Faults that nobody waits for. */
  readonly onError: (error: Error) => void
  /** The page of somebody who is in. Called once per session; the client is closed where the server ends the session. */
  readonly enter: (me: Session, client: Client) => ReactNode
}

/** Shows the page to whoever has a session, and asks everybody else for a name. */
export async function startPage({ lead, onError, enter, ...face }: PageOptions): Promise<void> {
  const root = createRoot(document.querySelector('#root') ?? document.body)
  const ask = (reason: string | undefined, onEntered: (me: Session) => void): void =>
    root.render(
      <EnterPage key={reason} {...face} reason={reason} onEntered={onEntered}>
        {lead}
      </EnterPage>,
    )
  const open = (me: Session): void => {
    const client = createClient({
      auth: { browserKey: browserKey(), userId: me.id },
      packets: packedPackets,
      reconnect: { maxDelayMs: 5_000 },
      onError,
    })
    client.onState((state) => {
      if (state.state !== 'gave-up' || state.reason.code !== 'UNAUTHENTICATED') return
      client.close().catch(onError)
      // The client says first which namespace it was, which is of no use here.
      endedBecause(me, state.reason.message.replace(/^\/\S+ was refused: /, '')).catch(onError)
    })
    root.render(
      <StrictMode>
        <Toasts>{enter(me, client)}</Toasts>
      </StrictMode>,
    )
  }
  /** Loaded anew, nothing of the ended session is left in the page. */
  async function endedBecause(me: Session, why: string): Promise<void> {
    const { session: now } = await readSession()
    if (now && now.id !== me.id) location.reload()
    else ask(why, () => location.reload())
  }
  const { session, reason } = await readSession()
  if (session) open(session)
  else ask(reason, open)
  await keepOffline().catch(onError)
}
