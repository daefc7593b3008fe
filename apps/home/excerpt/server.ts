import { createServer, implement } from '@millrace/server'
import { sqlite } from '@millrace/sqlite'
import { talk } from './contract.ts'

const app = implement(talk, {
  rooms: {
    topic: {
      authorize: () => true,
      requests: {
        send: async ({ input, user, room, key = '' }) => {
          const message = { id: key, author: user.id, text: input.text }
          await room.publish('message', message, { key }) // once per key
          return message
        },
      },
    },
  },
})

const store = sqlite({ file: 'talk.sqlite' })
await createServer({ store }).mount(app).listen(3000)
