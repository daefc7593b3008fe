import { memory } from '@millrace/server'
import { publishedRoom, type Contender } from './contender.ts'
import { benchContract } from './millrace-contract.ts'
import { createBenchServer } from './millrace-server.ts'

/** Millrace as it comes, in memory. */
export async function startMillrace(): Promise<Contender> {
  const server = createBenchServer(memory())
  const port = await server.listen(0, { host: '127.0.0.1' })
  const room = server.room(benchContract, 'feed', { id: publishedRoom })
  return {
    port,
    publish: (payload) => void room.publish('message', payload),
    [Symbol.asyncDispose]: () => server.close(),
  }
}
