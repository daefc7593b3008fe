import { defineContract, event, room } from '@millrace/contract'
import { implement, memory } from '@millrace/server'
import { startTestServer } from '@millrace/testing'
import { expect, it } from 'vitest'
import { z } from 'zod'

const contract = defineContract({
  namespace: '/vault',
  rooms: { safe: room({ params: z.object({ id: z.string() }), events: { note: event(z.string()) } }) },
})

it('[PIP56] a join that is refused opens no room: guesses take no place in the store', async () => {
  const app = implement<typeof contract, { id: string }>(contract, {
    rooms: { safe: { authorize: ({ params }) => params.id === 'mine' } },
  })
  await using server = await startTestServer({
    implementations: [app],
    store: memory({ maxRooms: 2 }),
  })
  const vault = server.client({ auth: { user: 'ada' } }).use(contract)
  for (let guess = 0; guess < 20; guess++)
    await expect(vault.room('safe', { id: `guess ${guess}` }).join()).rejects.toMatchObject({ code: 'FORBIDDEN' })
  const mine = vault.room('safe', { id: 'mine' })
  await mine.join()
  await server.server.room(contract, 'safe', { id: 'mine' }).publish('note', 'there is room')
})
