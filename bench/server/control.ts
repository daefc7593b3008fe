import { createServer } from 'node:net'
import { listen } from '../contenders/listen.ts'
import type { Contender } from '../contenders/contender.ts'
import { publishedRoom } from '../contenders/room-kind.ts'
import { payload } from '../payload.ts'

/** Opens the port on which the load asks for publishes, and returns it. It costs every contender the same. */
export function startControl(contender: Contender): Promise<number> {
  let seq = 0
  const server = createServer({ noDelay: true }, (socket) => {
    socket.on('data', (asked) => {
      for (const publishes of asked) {
        for (let count = 0; count < publishes; count++) contender.publish(publishedRoom, payload(++seq))
      }
    })
    socket.on('error', () => socket.destroy())
  })
  server.unref()
  return listen(server)
}
