import { systemContext } from '@millrace/testing'
import { startRedis } from '@millrace/testing/faults'
import { Redis } from 'ioredis'
import { expect, it, vi } from 'vitest'
import { SubscriberLife } from '../src/subscriber-life.ts'
import { ShardSubscriber } from '../src/shard-subscriber.ts'
import { probeTiming } from '../src/subscription-health.ts'

it('[RDS17] a channel that moves to a shard while its connection subscribes again is listened to', async () => {
  await using server = await startRedis()
  const admin = new Redis(server.url)
  const { clock, random } = systemContext(() => undefined)
  const heard: string[] = []
  let onSubscribe: (channel: string) => void = () => undefined
  const open = (): Redis => {
    const client = new Redis(server.url, { lazyConnect: true, retryStrategy: null, autoResubscribe: false })
    const send = client.sendCommand.bind(client)
    client.sendCommand = (command, ...rest) => {
      if (command.name === 'ssubscribe') onSubscribe(String(command.args[0]))
      return send(command, ...rest)
    }
    return client
  }
  const subscriber = new ShardSubscriber({
    clock,
    random,
    timing: probeTiming,
    waitMs: 2_000,
    open,
    probeChannel: () => 'probe',
    probe: (channel) => admin.spublish(channel, 'p'),
    receive: (channel, message) => heard.push(`${channel.toString()} ${message.toString()}`),
    onRenewed: () => undefined,
    onDoubt: () => undefined,
    onError: () => undefined,
  })
  await subscriber.add('first')
  let adopted: Promise<void> | undefined
  onSubscribe = (channel) => {
    if (channel === 'first') adopted ??= subscriber.adopt('moved')
  }
  await admin.call('CLIENT', 'KILL', 'TYPE', 'pubsub')
  await vi.waitFor(() => expect(adopted).toBeDefined())
  await vi.waitFor(() => expect(subscriber.isHealthy(clock.monotonic())).toBe(true))
  await admin.spublish('moved', '1')
  await vi.waitFor(() => expect(heard).toContain('moved 1'))
  subscriber.close()
  admin.disconnect()
})

it('[RDS66] a connection that proves itself while its process stands still is not given up', async () => {
  await using server = await startRedis()
  const admin = new Redis(server.url)
  await admin.ping()
  const client = new Redis(server.url, { lazyConnect: true, retryStrategy: null })
  const { clock } = systemContext(() => undefined)
  const deadlineMs = 200
  const standStill = (): void => {
    for (const untilMs = performance.now() + 2 * deadlineMs; performance.now() < untilMs;);
  }
  const life = new SubscriberLife({
    client,
    clock,
    timing: { idleMs: 60_000, deadlineMs },
    probeChannel: 'probe',
    receive: () => undefined,
    // It is on its way; before anything is read again, the deadline passes.
    probe: (channel) => {
      void admin.spublish(channel, 'p')
      setImmediate(standStill)
      return Promise.resolve()
    },
  })
  await life.begin()
  expect(life.reason).toBeUndefined()
  life.close()
  admin.disconnect()
})
