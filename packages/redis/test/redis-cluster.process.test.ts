import {
  blobsSuite,
  busSuite,
  eventLogModelSuite,
  eventLogSuite,
  keyedStateSuite,
  documentLogSuite,
  presenceSuite,
  requestClaimsSuite,
  publisherSuite,
  revocationsSuite,
  singletonsSuite,
  storeSuite,
  timeSeriesModelSuite,
  timeSeriesSuite,
} from '@millrace/testing'
import { Redis } from 'ioredis'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { publisherStores } from './fixtures/publisher-stores.ts'
import { redisFixture } from './fixtures/redis-fixture.ts'
import { startRedisCluster, type RedisCluster } from './fixtures/start-redis-cluster.ts'

let cluster: RedisCluster
beforeAll(async () => {
  cluster = await startRedisCluster()
})
afterAll(() => cluster[Symbol.asyncDispose]())

const createFixture = redisFixture(() => cluster.url)

it('[RDS1] spreads rooms over all masters', async () => {
  await using fixture = await createFixture()
  const { log } = await fixture.open()
  await log.tails(Array.from({ length: 60 }, (_, index) => `room ${index}`))
  for (const port of cluster.ports) {
    const master = new Redis(port)
    expect(await master.dbsize()).toBeGreaterThan(5)
    master.disconnect()
  }
})

storeSuite('redis cluster', createFixture)
eventLogSuite('redis cluster', createFixture)
eventLogModelSuite('redis cluster', createFixture, 20)
keyedStateSuite('redis cluster', createFixture)
blobsSuite('redis cluster', createFixture)
documentLogSuite('redis cluster', createFixture)
presenceSuite('redis cluster', createFixture)
busSuite('redis cluster', createFixture)
requestClaimsSuite('redis cluster', createFixture)
revocationsSuite('redis cluster', createFixture)
publisherSuite(
  'redis cluster',
  publisherStores(() => cluster.url),
)
singletonsSuite('redis cluster', createFixture)
timeSeriesSuite('redis cluster', createFixture)
timeSeriesModelSuite('redis cluster', createFixture, 5)
