import { modelSuite } from '@millrace/testing'
import { afterAll, beforeAll } from 'vitest'
import { redis } from '../src/redis-store.ts'
import { butDiskWarning } from './fixtures/but-disk-warning.ts'
import { heardBeforeAcknowledged } from './fixtures/heard-before-acknowledged.ts'
import { startRedis, type RedisServer } from '@millrace/testing/faults'

let server: RedisServer
beforeAll(async () => {
  server = await startRedis()
})
afterAll(() => server[Symbol.asyncDispose]())

let runs = 0

const createStore = () => ({
  store: heardBeforeAcknowledged(butDiskWarning(redis({ url: server.url, prefix: `model${++runs}` }))),
})

// 5,000 steps, 100,000 in the long form.
modelSuite('redis', createStore, { seeds: 10, steps: 500 })
