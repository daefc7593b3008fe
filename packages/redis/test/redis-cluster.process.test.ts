import {
  busSuite,
  eventLogModelSuite,
  eventLogSuite,
  keyedStateSuite,
  presenceSuite,
  requestClaimsSuite,
  storeSuite,
} from '@millrace/testing'
import { afterAll, beforeAll } from 'vitest'
import { redisFixture } from './fixtures/redis-fixture.ts'
import { startRedisCluster, type RedisCluster } from './fixtures/start-redis-cluster.ts'

let cluster: RedisCluster
beforeAll(async () => {
  cluster = await startRedisCluster()
})
afterAll(() => cluster[Symbol.asyncDispose]())

const createFixture = redisFixture(() => cluster.url)

storeSuite('redis cluster', createFixture)
eventLogSuite('redis cluster', createFixture)
eventLogModelSuite('redis cluster', createFixture, 20)
keyedStateSuite('redis cluster', createFixture)
presenceSuite('redis cluster', createFixture)
busSuite('redis cluster', createFixture)
requestClaimsSuite('redis cluster', createFixture)
