import { memory } from '@millrace/server'
import type { Contender } from './contender.ts'
import { engineBuffers } from './engine-buffers.ts'
import { benchContract } from './millrace-contract.ts'
import { createRoomPublisher } from './millrace-publisher.ts'
import { createBenchServer } from './millrace-server.ts'
import { chartRoom, quoteRoom } from './room-kind.ts'

/** Millrace as it comes, in memory. */
export async function startMillrace(): Promise<Contender> {
  const server = createBenchServer(memory())
  const port = await server.listen(0, { host: '127.0.0.1' })
  const board = server.room(benchContract, 'board', { id: quoteRoom })
  const prices = server.room(benchContract, 'charts', { id: chartRoom }).series('price')
  return {
    port,
    publish: createRoomPublisher(server),
    quote: (quote) => void board.publish('quote', quote),
    charts: {
      store: (key, at, value) => prices.append(key, at, { price: value }),
      append: ({ key, value }) => void prices.append(key, Date.now(), { price: value }),
    },
    bufferedBytes: () => engineBuffers(server.io.engine),
    [Symbol.asyncDispose]: () => server.close(),
  }
}
