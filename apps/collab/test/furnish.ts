import { DocumentProvider } from '@millrace/yjs/client'
import type { Visitor } from '@millrace/app-design/test-kit'
import * as Y from 'yjs'
import { pageText } from '../contract.ts'
import { anchorOf } from '../web/comments/anchor.ts'
import type { CollabScene } from './collab-scene.ts'

const text = `# Release day

We pulled the plug on the server this morning, in the middle of a deploy. **Nothing was lost.**

## What we saw

| Who | Where | Offline for |
| --- | --- | --- |
| Ada | on the train to Bath | 11 minutes |
| Charles | in the lift | 40 seconds |
| Grace | at her desk | not at all |

## Before we announce it

- [x] Kill it while three people type
- [x] Read the numbers twice
- [ ] Write down what a reader should try first

> The page said that five changes were kept on this device. Then it said that they were merged.

\`\`\`ts
const page = document({ params: DocumentId, user: PageUser })
\`\`\`
`

/** A document as people have it after a while: with versions, comments and answers. */
export async function furnish(scene: CollabScene): Promise<{ owner: Visitor; guest: Visitor; id: string }> {
  const [owner, guest] = [await scene.visitor('Ada Lovelace'), await scene.visitor('Charles Babbage')]
  const id = await scene.write(owner, 'Release day', text.replace('five changes', 'some changes'))
  await scene.letIn(owner, guest, id, 'editor')
  await scene.ask(owner, async (space) => {
    const doc = new Y.Doc()
    const page = doc.getText(pageText)
    const room = space.room('page', { documentId: id })
    const provider = new DocumentProvider({ room, doc })
    await provider.whenSynced
    await room.request('version.save', { name: 'Before the review' })
    const at = page.toJSON().indexOf('some changes')
    page.delete(at, 4)
    page.insert(at, 'five')
    await new Promise<void>((resolve) => provider.on('unsaved', (count) => void (count === 0 && resolve())))
    const desk = space.room('desk', { documentId: id })
    await desk.join()
    for (const [quote, said] of [
      ['Nothing was lost.', 'Say how we know. The counters are the interesting part.'],
      ['not at all', 'She was: the switch under her desk was off.'],
    ] as const) {
      const from = page.toJSON().indexOf(quote)
      await desk.request('comment.add', { text: said, quote, anchor: anchorOf(page, from, from + quote.length) })
    }
    provider.destroy()
    doc.destroy()
  })
  await scene.ask(guest, async (space) => {
    const desk = space.room('desk', { documentId: id })
    const { snapshot } = await desk.join()
    const [first] = snapshot.comments
    if (first)
      await desk.request('comment.reply', { id: first.id, text: 'Every edit has a number. I will add the query.' })
  })
  return { owner, guest, id }
}
