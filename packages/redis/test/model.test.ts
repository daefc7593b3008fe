import type { StoreProvider } from '@millrace/server'
import { modelSuite, systemContext } from '@millrace/testing'
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

/** What it hears of Redis comes in real time, whatever time the nodes believe it is. */
function inRealTime(provider: StoreProvider): StoreProvider {
  return { open: (context) => provider.open({ ...context, clock: systemContext().clock }) }
}

const createStore = () => {
  const provider = butDiskWarning(redis({ url: server.url, prefix: `model${++runs}` }))
  return { store: inRealTime(heardBeforeAcknowledged(provider)) }
}

// 5,000 steps, 100,000 in the long form.
modelSuite('redis', createStore, { seeds: 10, steps: 500 })
