import { createServer, implement } from '@millrace/server'
import { sqlite } from '@millrace/sqlite'
import { talk } from './contract.ts'

const app = implement(talk, {
  rooms: {
    topic: {
      authorize: () => true,
      requests: {
        send: async ({ input, user, room, key: id = '' }) => {
          const message = { ...input, id, author: user.id }
          // Stored, then delivered: once for each key.
          await room.publish('message', message, { key: id })
          return message
        },
      },
    },
  },
})

const store = sqlite({ file: 'talk.sqlite' })
await createServer({ store }).mount(app).listen(3000)
