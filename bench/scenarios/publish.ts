import { startBenchRedis } from '../bench-redis.ts'
import type { PublisherCalls } from '../publish/calls.ts'
import { storeContenderNames, type StoreContenderName } from '../publish/store-contender.ts'
import { redisCpuMicros } from '../redis-cpu.ts'
import { playRounds } from '../rounds.ts'
import { rowsOf } from '../row.ts'
import { startProcess, type BenchProcess } from '../start-process.ts'
import { chosenOf } from './chosen-of.ts'
import { Profiles } from './profiles.ts'
import type { Scenario, ScenarioOptions } from './scenario.ts'

const connections = 20
const publishesPerRound = 40_000

const metrics = [
  { name: 'publishesPerSecond', unit: '1/s', isMain: true },
  { name: 'latencyP50Micros', unit: 'us', isMain: false },
  { name: 'cpuMicrosPerPublish', unit: 'us', isMain: false },
  { name: 'redisCpuMicrosPerPublish', unit: 'us', isMain: false },
] as const

/** How fast one process publishes over 20 connections that each wait for the answer. More is better here. */
export const publish: Scenario = { name: 'publish', run: measurePublish }

async function measurePublish(options: ScenarioOptions) {
  const { rounds, pinning, say } = options
  const contenders = chosenOf('publish', storeContenderNames, options.contenders)
  const name = `${connections} connections`
  await using redis = await startBenchRedis(pinning?.load)
  const publishers = new Map<string, BenchProcess<PublisherCalls>>()
  try {
    for (const contender of contenders) {
      const publisher = startPublisher(contender, redis.url, pinning?.server)
      publishers.set(contender, publisher)
      await publisher.call('open', { connections })
    }
    const publisherOf = (contender: string): BenchProcess<PublisherCalls> => publishers.get(contender)!
    const profiles = new Profiles(publisherOf, options.profileDir, { scenario: 'publish', name })
    const results = await playRounds({ contenders, rounds, warmUps: 1 }, async (contender, isWarmUp) => {
      const publisher = publisherOf(contender)
      if (!isWarmUp) await profiles.start(contender)
      await publisher.call('collectGarbage', undefined)
      const redisBefore = await redisCpuMicros(redis.url)
      const before = await publisher.call('cpuMicros', undefined)
      const { operations, seconds, latencyP50Micros } = await publisher.call('publish', {
        operations: publishesPerRound,
      })
      const cpuMicros = (await publisher.call('cpuMicros', undefined)) - before
      const redisMicros = (await redisCpuMicros(redis.url)) - redisBefore
      const publishesPerSecond = operations / seconds
      say(`publish, ${name}: ${contender} ${Math.round(publishesPerSecond)}/s${isWarmUp ? ' (warm-up)' : ''}`)
      return {
        publishesPerSecond,
        latencyP50Micros,
        cpuMicrosPerPublish: cpuMicros / operations,
        redisCpuMicrosPerPublish: redisMicros / operations,
      }
    })
    for (const contender of contenders) await profiles.stop(contender)
    return rowsOf('publish', name, metrics, results, 'ioredis')
  } finally {
    await Promise.all([...publishers.values()].map((one) => one[Symbol.asyncDispose]()))
  }
}

function startPublisher(contender: StoreContenderName, redisUrl: string, core: number | undefined) {
  const source = import.meta.resolve('../publish/main.ts')
  return startProcess<PublisherCalls>({ source, args: [contender, redisUrl], nodeArgs: ['--expose-gc'], core })
}
