import { startPage } from '@millrace/app-design'
import { MillraceProvider } from '@millrace/react'
import { CollabPage } from './collab-page.tsx'
import favicon from './favicon.svg'

await startPage({
  title: 'Millrace documents',
  logo: favicon,
  lead: 'Write together, on one paragraph at once, on a train and without a network. Nothing that was written is lost.',
  submitLabel: 'Open the documents',
  onError: (error) => console.error(error),
  enter: (me, client) => (
    <MillraceProvider client={client}>
      <CollabPage me={me} />
    </MillraceProvider>
  ),
})
