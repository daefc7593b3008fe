import { defineContract, event, room } from '@millrace/contract'
import { createPublisher } from '@millrace/server'
import { redis } from '@millrace/redis'
import { z } from 'zod'

// The contract that the servers and clients have, too.
const market = defineContract({
  namespace: '/market',
  events: { notice: event(z.object({ text: z.string() })) },
  rooms: {
    share: room({
      params: z.object({ share: z.string() }),
      events: {
        trade: event(z.object({ price: z.number() })),
        price: event(z.object({ share: z.string(), price: z.number() }), { delivery: 'latest', key: 'share' }),
      },
    }),
  },
})

const publisher = await createPublisher({
  contracts: [market],
  store: redis({ url: process.env.REDIS_URL ?? 'redis://localhost:6379' }),
})
const share = publisher.room(market, 'share', { share: 'MILL' })

// With a key, a job that is run twice publishes once.
const { position } = await share.publish('trade', { price: 17 }, { key: 'job 4711' })
await share.publish('price', { share: 'MILL', price: 17 })
await publisher.user(market, 'ada').emit('notice', { text: 'your order was filled' })
console.log(`stored as ${position.offset}`)
await publisher.close()
