import '@millrace/app-design/no-code-from-text'
import '@millrace/app-design/style.css'
import './style.css'
import { startPage } from '@millrace/app-design'
import { createOutbox, indexedDbOutbox } from '@millrace/client/outbox'
import { MillraceProvider } from '@millrace/react'
import { chat } from '../contract.ts'
import { ChatPage } from './chat-page.tsx'
import favicon from './favicon.svg'

const onError = (error: Error): void => console.error(error)

await startPage({
  title: 'Millrace chat',
  logo: favicon,
  lead: 'What you write here arrives once and in order, whatever happens to the server. Pick a name and try it.',
  submitLabel: 'Enter the chat',
  onError,
  enter(me, client) {
    const store = indexedDbOutbox({ name: `chat ${me.id}` })
    const joins = { conversation: { presence: { status: 'away' } } } as const
    return (
      <MillraceProvider client={client} outbox={createOutbox(client, chat, { store, joins, onError })}>
        <ChatPage me={me} />
      </MillraceProvider>
    )
  },
})
