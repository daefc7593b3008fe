import { readdirSync, rmSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { barriers, beyondWindow } from '@millrace/app-design/test-kit'
import { expect, it } from 'vitest'
import { collabScene } from './collab-scene.ts'
import type { Writer } from './writer.ts'

const scene = collabScene()
const notice = 'Your last changes are not on the server'

/** Two people in a document of three lines, each of whom writes in one of them while there is no server; then it comes back with no room left. */
async function flushed() {
  const [hers, his] = [await scene.visitor('Ada'), await scene.visitor('Bob')]
  const id = await scene.write(hers, 'Plan', 'Ada:\n\nBob:')
  await scene.letIn(hers, his, id, 'editor')
  const [ada, bob] = [await scene.come(hers, id), await scene.come(his, id)]
  for (const [writer, name] of [
    [ada, 'Ada'],
    [bob, 'Bob'],
  ] as const) {
    await writer.goToLine(`${name}:`)
    await writer.type(' stored')
  }
  for (const writer of [ada, bob]) await writer.seesLines(['Ada: stored', '', 'Bob: stored'])
  for (const writer of [ada, bob]) await writer.says('Saved')
  await scene.killServer()
  await ada.goToLine('Ada:')
  await ada.type(' unsent')
  await bob.goToLine('Bob:')
  await bob.type(' unsent')
  for (const file of readdirSync(scene.folder)) if (file.startsWith('millrace.sqlite')) rmSync(join(scene.folder, file))
  await scene.startAgain()
  return { id, ada, bob }
}

/** Whoever comes second finds the document brought back by the other, and is told. */
async function whoIsTold(writers: readonly Writer[]): Promise<Writer> {
  await expect
    .poll(async () => Promise.all(writers.map(({ page }) => page.getByRole('region', { name: notice }).count())), {
      timeout: 30_000,
    })
    .toContain(1)
  const counts = await Promise.all(writers.map(({ page }) => page.getByRole('region', { name: notice }).count()))
  const told = writers[counts.indexOf(1)]
  if (!told) throw new Error('nobody was told')
  return told
}

/** As another tab, or a browser that lacks space, does. */
async function removeCopy({ page }: Writer, documentId: string): Promise<void> {
  const removed = await page.evaluate(async (end) => {
    const name = (await indexedDB.databases()).find((each) => each.name?.endsWith(end))?.name ?? ''
    const removing = indexedDB.deleteDatabase(name)
    await new Promise((resolve, reject) => {
      removing.addEventListener('success', resolve)
      removing.addEventListener('error', reject)
    })
    return name
  }, documentId)
  expect(removed).not.toBe('')
}

it(
  '[COL90, COL91, COL92] the store is emptied under two browsers with unsent changes: both have one text again, and nothing typed is lost',
  { timeout: 120_000 },
  async () => {
    const { id, ada, bob } = await flushed()
    const told = await whoIsTold([ada, bob])
    expect(await told.page.getByRole('alert').textContent()).toContain('Your text is still here')
    expect([await barriers(told.page), await beyondWindow(told.page)]).toEqual([[], []])
    await told.says(/^Not saved: \d+ changes? kept on this device$/)
    const whole = ['Ada: stored unsent', '', 'Bob: stored unsent']
    await told.seesLines(whole)
    const download = told.page.waitForEvent('download')
    await told.button('Download').click()
    expect(await readFile(await (await download).path(), 'utf8')).toBe(whole.join('\n'))

    // What is written in another tab is not in this one, and put back all the same.
    await told.page.reload()
    await whoIsTold([told])
    const tab = await scene.open(told.context, `?d=${id}`)
    await whoIsTold([tab])
    await tab.goToLine(told === ada ? 'Ada:' : 'Bob:')
    await tab.type(' twice')
    const end = told === ada ? whole.with(0, 'Ada: stored unsent twice') : whole.with(2, 'Bob: stored unsent twice')
    await tab.seesLines(end)
    await told.page.bringToFront()
    await told.button('Put them back').focus()
    await told.page.keyboard.press('Enter')
    for (const writer of [ada, bob, tab]) {
      await writer.seesLines(end)
      await writer.says('Saved')
    }
    expect(await told.page.getByRole('region', { name: notice }).count()).toBe(0)
    for (const writer of [ada, bob]) {
      await writer.page.reload()
      await writer.seesLines(end)
      await writer.says('Saved')
    }
  },
)

it(
  '[COL90] what the server does not take becomes a document of its own, stays where the browser lost its copy, and can be discarded',
  { timeout: 120_000 },
  async () => {
    const { id, ada, bob } = await flushed()
    const told = await whoIsTold([ada, bob])
    const other = told === ada ? bob : ada
    const mine = await told.lines()
    await told.button('Save as a new document').click()
    await expect.poll(() => told.page.getByRole('textbox', { name: 'Title' }).inputValue()).toBe('Rescued: Plan')
    await told.seesLines(mine)
    await told.page.goto(`${scene.server.address}/collab/?d=${id}`)
    await whoIsTold([told])
    await removeCopy(told, id)
    await told.button('Put them back').click()
    await told.page.getByText('Nothing was changed').waitFor()
    await whoIsTold([told])
    await told.seesLines(mine)
    await told.button('Discard').click()
    await told.button('Discard them').click()
    await told.seesLines(await other.lines())
    await told.says('Saved')
  },
)
