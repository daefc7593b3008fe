import { isKeptOffline } from '@millrace/app-design/test-kit'
import { it } from 'vitest'
import { collabScene } from './collab-scene.ts'
import type { Writer } from './writer.ts'

const scene = collabScene()
const start = ['# Plan', '', 'Ada:', '', 'Bob:']

async function writes(writer: Writer, at: string, words: string): Promise<void> {
  await writer.goToLine(at)
  await writer.type(words)
}

it(
  '[COL60, COL61, COL62, COL86] typed in both, one cut off, typed in both, reloaded, the server killed and started: one text, nothing lost',
  { timeout: 120_000 },
  async () => {
    const [hers, his] = [await scene.visitor('Ada'), await scene.visitor('Bob')]
    const id = await scene.write(hers, 'Plan', start.join('\n'))
    await scene.letIn(hers, his, id, 'editor')
    const ada = await scene.come(hers, id)
    const bob = await scene.come(his, id)
    await writes(ada, 'Ada:', ' one')
    await writes(bob, 'Bob:', ' one')
    const both = ['# Plan', '', 'Ada: one', '', 'Bob: one']
    for (const writer of [ada, bob]) {
      await writer.seesLines(both)
      await writer.says('Saved')
      await isKeptOffline(writer.page)
    }

    await ada.context.setOffline(true)
    await writes(ada, 'Ada: one', ' two')
    await writes(bob, 'Bob: one', ' two')
    await ada.says(/^Offline: \d+ changes kept on this device$/)
    await bob.says('Saved')
    await ada.page.reload()
    await ada.seesLines(['# Plan', '', 'Ada: one two', '', 'Bob: one'])
    await ada.says(/^Offline: \d+ changes kept on this device$/)
    await ada.page.getByRole('link', { name: 'All documents' }).click()
    await ada.documents
      .filter({ hasText: /\d+ changes not sent/ })
      .getByRole('link')
      .click()
    await writes(ada, 'Ada: one two', ' three')

    await scene.killServer()
    await writes(bob, 'Bob: one two', ' three')
    await bob.says(/^Offline: \d+ changes? kept on this device$/)
    await scene.startAgain()
    // It says so for some seconds only.
    const told = ada.page.getByText(/^Back online\. Your \d+ changes were merged\.$/).waitFor()
    await ada.context.setOffline(false)
    const whole = ['# Plan', '', 'Ada: one two three', '', 'Bob: one two three']
    for (const writer of [ada, bob]) {
      await writer.seesLines(whole)
      await writer.says('Saved')
    }
    await told
    const eve = await scene.visitor('Eve')
    await scene.letIn(hers, eve, id, 'reader')
    await (await scene.come(eve, id)).seesLines(whole)
  },
)
