import { randomUUID } from 'node:crypto'
import { implement, type Implementation } from '@millrace/server'
import { chat, type PublicUser } from './contract.ts'
import { messageId } from './message-id.ts'
import { SlowMode } from './slow-mode.ts'

/**
 * The chat, ready for `server.mount`.
 *
 * @param monotonicMs A clock that only goes forward.
 */
export function createChat(monotonicMs: () => number): Implementation<PublicUser> {
  const slowMode = new SlowMode()
  return implement<typeof chat, PublicUser>(chat, {
    requests: { whoami: ({ user }) => user },
    rooms: {
      conversation: {
        // Every room is open to everybody.
        authorize: () => true,
        requests: {
          'message.send': async (context) => {
            // Clients without retries send no key.
            const { input, user, room, params, key = randomUUID() } = context
            const waitMs = slowMode.take(user.id, monotonicMs())
            if (waitMs > 0) context.fail('SLOW_MODE', { waitMs }, 'too many messages; wait a moment')
            const message = { id: messageId(user.id, params.conversationId, key), author: user, text: input.text }
            await room.publish('message', message, { key })
            return message
          },
        },
      },
    },
  })
}
