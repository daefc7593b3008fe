import { startPage } from '@millrace/app-design'
import { createOutbox, indexedDbOutbox } from '@millrace/client/outbox'
import { MillraceProvider } from '@millrace/react'
import { collab } from '../contract.ts'
import { CollabPage } from './collab-page.tsx'
import favicon from './favicon.svg'

const onError = (error: Error): void => console.error(error)

await startPage({
  title: 'Millrace documents',
  logo: favicon,
  lead: 'Write together, on one paragraph at once, on a train and without a network. Nothing that was written is lost.',
  submitLabel: 'Open the documents',
  onError,
  enter(me, client) {
    const store = indexedDbOutbox({ name: `collab ${me.id}` })
    // Nothing is sent to pages through it: texts have a way of their own.
    const joins = { page: { presence: { clientId: 0, state: null } } } as const
    return (
      <MillraceProvider client={client} outbox={createOutbox(client, collab, { store, joins, onError })}>
        <CollabPage me={me} />
      </MillraceProvider>
    )
  },
})
