import { createClient } from '@millrace/client'
import { defineContract, event, request, room } from '@millrace/contract'
import { createServer, implement } from '@millrace/server'
import { sqlite } from '@millrace/sqlite'
import { z } from 'zod'

const Text = z.string().min(1).max(500)

const chat = defineContract({
  namespace: '/chat',
  rooms: {
    conversation: room({
      params: z.object({ id: z.string() }),
      events: { message: event(z.object({ from: z.string(), text: Text })) },
      requests: { send: request({ input: Text, output: z.number() }) },
    }),
  },
})

const handlers = implement<typeof chat, { id: string }>(chat, {
  rooms: {
    conversation: {
      authorize: () => true,
      requests: {
        send: async ({ input, user, room }) =>
          (await room.publish('message', { from: user.id, text: input })).position.offset,
      },
    },
  },
})
const server = createServer({ store: sqlite({ file: process.argv[2] ?? 'chat.sqlite' }) }).mount(handlers)
const client = createClient({ url: `http://localhost:${await server.listen(0)}` })

const lobby = client.use(chat).room('conversation', { id: 'lobby' })
lobby.on('message', ({ text }, { position }) => console.log(`event ${position.offset}: ${text}`))
await lobby.join()
console.log('stored as', await lobby.request('send', 'hello'))
await client.close()
await server.close()
