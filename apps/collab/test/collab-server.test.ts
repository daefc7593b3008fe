import { expect, it, vi } from 'vitest'
import { startPlan } from './start-collab.ts'

it('[COL20] a document made of a text has it when the request is answered, and once', async () => {
  const { node, ada, made } = await startPlan()
  expect(made).toMatchObject({ id: 'plan', title: 'Plan', role: 'owner', owner: { id: 'ada' } })
  const page = ada.page('plan')
  await page.provider.whenSynced
  expect(page.read()).toBe('first words\nand more')
  page.text.delete(0, 6)
  await vi.waitFor(() => expect(page.provider.unsaved).toBe(0))
  const again = { title: 'Plan', text: 'first words\r\nand more' }
  expect(await ada.space.request('document.importMarkdown', again, { key: 'plan' })).toMatchObject({
    id: 'plan',
    rev: 3,
  })
  await node.start()
  const reader = (await node.connect('ada')).page('plan')
  await reader.provider.whenSynced
  expect(reader.read()).toBe('words\nand more')
  expect(node.errors).toEqual([])
})
