import { expect, it } from 'vitest'
import { fail } from '@millrace/contract'
import { enterOnce } from '@millrace/server'
import { startLab, type LabUser } from './server-lab.ts'

const presence = { presence: { status: 'in' } }

it('[PIP54] enters each connection before anything else of it runs, once', async () => {
  const seen: string[] = []
  let letIn = (): void => undefined
  const door = new Promise<void>((resolve) => (letIn = resolve))
  await using served = await startLab({
    use: [
      enterOnce<LabUser>(async ({ id }) => {
        seen.push(`${id} enters`)
        await door
        seen.push(`${id} is in`)
      }),
    ],
    desk: { authorize: ({ user }) => seen.push(`${user.id} joins`) > 0 },
    requests: { again: ({ user }) => void seen.push(`${user.id} asks`) },
  })
  await using ada = await served.connect({ auth: { name: 'ada' } })
  const asked = [ada.call('again', { input: 1 }), ada.call('again', { input: 2 })]
  const joined = ada.join('desk', { id: 'a' }, presence)
  await expect.poll(() => seen).toEqual(['ada enters'])
  letIn()
  await Promise.all([...asked, joined])
  expect(seen.slice(0, 2)).toEqual(['ada enters', 'ada is in'])
  expect(seen.slice(2).toSorted()).toEqual(['ada asks', 'ada asks', 'ada joins'])
  await using phone = await served.connect({ auth: { name: 'ada' } })
  await phone.call('again', { input: 3 })
  expect(seen.slice(5)).toEqual(['ada enters', 'ada is in', 'ada asks'])
})

it('[PIP55] who cannot enter is refused so, and tries again with the next request', async () => {
  let attempts = 0
  await using served = await startLab({
    use: [
      enterOnce(() => {
        if (++attempts === 1) throw fail('UNAVAILABLE', 'the database does not answer')
      }),
    ],
  })
  await using ada = await served.connect()
  const refusal = { code: 'UNAVAILABLE', message: 'the database does not answer' }
  expect(await ada.call('again', { input: 1 })).toMatchObject({ ok: false, error: refusal })
  expect(await ada.call('again', { input: 1 })).toMatchObject({ ok: true, data: 1 })
  expect(await ada.call('again', { input: 2 })).toMatchObject({ ok: true, data: 2 })
  expect(attempts).toBe(2)
})
