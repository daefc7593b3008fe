import { describe, expect, it } from 'vitest'
import type { Bus, BusMessage } from '@millrace/server'
import type { CreateStoreFixture } from '../store-fixture.ts'

async function hear(bus: Bus, subject: string) {
  const heard: BusMessage[] = []
  const subscription = await bus.subscribe(subject, (message) => heard.push(message))
  return { heard, subscription }
}

/** Every rule of the bus (docs/spec/storage.md) as tests of one implementation. */
export function busSuite(name: string, createFixture: CreateStoreFixture): void {
  describe(`bus: ${name}`, () => {
    it('[STO50] reaches every node in order, the sender included', async () => {
      await using fixture = await createFixture()
      const { bus } = await fixture.open()
      const other = (await fixture.open()).bus
      const own = await hear(bus, 'room 1')
      const far = await hear(other, 'room 1')
      const elsewhere = await hear(other, 'room 2')
      const messages = [
        { head: '{"a":1}', payload: '"text"' },
        { head: '{"a":2}', payload: Uint8Array.from([0, 255]) },
      ]
      for (const message of messages) bus.publish('room 1', message)
      await fixture.settle()
      expect(own.heard).toEqual(messages)
      expect(far.heard).toEqual(messages)
      expect(elsewhere.heard).toEqual([])
    })

    it('[STO50] keeps the order where a subscriber publishes', async () => {
      await using fixture = await createFixture()
      const { bus } = await fixture.open()
      await bus.subscribe('room', ({ head }) => {
        if (head === '1') bus.publish('room', { head: '2', payload: '' })
      })
      const { heard } = await hear(bus, 'room')
      bus.publish('room', { head: '1', payload: '' })
      await fixture.settle()
      expect(heard.map(({ head }) => head)).toEqual(['1', '2'])
    })

    it('[STO51] is silent once closed', async () => {
      await using fixture = await createFixture()
      const closing = await fixture.open()
      const { bus } = await fixture.open()
      const closed = await hear(bus, 'room')
      await closed.subscription.close()
      const dead = await hear(closing.bus, 'room')
      await closing.close()
      const { heard } = await hear(bus, 'room')
      closing.bus.publish('room', { head: '1', payload: '' })
      bus.publish('room', { head: '2', payload: '' })
      await fixture.settle()
      expect(closed.heard).toEqual([])
      expect(dead.heard).toEqual([])
      expect(heard.map(({ head }) => head)).toEqual(['2'])
    })
  })
}
