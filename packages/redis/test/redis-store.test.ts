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
import { afterAll, beforeAll } from 'vitest'
import { publisherStores } from './fixtures/publisher-stores.ts'
import { redisFixture } from './fixtures/redis-fixture.ts'
import { startRedis, type RedisServer } from '@millrace/testing/faults'

let server: RedisServer
beforeAll(async () => {
  server = await startRedis()
})
afterAll(() => server[Symbol.asyncDispose]())

const createFixture = redisFixture(() => server.url)

storeSuite('redis', createFixture)
eventLogSuite('redis', createFixture)
eventLogModelSuite('redis', createFixture, 50)
keyedStateSuite('redis', createFixture)
blobsSuite('redis', createFixture)
documentLogSuite('redis', createFixture)
presenceSuite('redis', createFixture)
busSuite('redis', createFixture)
requestClaimsSuite('redis', createFixture)
revocationsSuite('redis', createFixture)
publisherSuite(
  'redis',
  publisherStores(() => server.url),
)
singletonsSuite('redis', createFixture)
timeSeriesSuite('redis', createFixture)
timeSeriesModelSuite('redis', createFixture, 20)
