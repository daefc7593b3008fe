import { ButtonLink } from '@millrace/app-design'
import type { ReactElement } from 'react'
import { countText } from '../pulse/texts.ts'
import type { Pulse } from '../pulse/use-pulse.ts'
import { Race } from './race.tsx'

export function Lead({ pulse: { report } }: { readonly pulse: Pulse }): ReactElement {
  const last = report?.tally.last
  return (
    <section className="lead">
      <Race />
      <h1>Messages that arrive: once, in order, or you are told.</h1>
      <p className="lead-text">
        Millrace is a TypeScript framework for realtime applications on Socket.IO. You write one contract; server and
        client obey it, typed from end to end. Durable events live in an ordered log, so that a client that was away, or
        a server that was killed, goes on exactly where it stopped.
      </p>
      <div className="lead-actions">
        <ButtonLink href="#break" variant="primary" size="large" icon="bolt">
          Break it
        </ButtonLink>
        <ButtonLink href="./chat/" size="large" icon="message">
          Open the chat
        </ButtonLink>
        <p className="lead-live" data-live={report?.connection !== undefined}>
          {last === undefined ? 'connecting to this server…' : `live from this server: event ${countText(last)}`}
        </p>
      </div>
    </section>
  )
}
