import { indexedDbOutbox, memoryOutbox, type FoundRequest, type OutboxStore } from '@millrace/client/outbox'
import { describe, expect, it } from 'vitest'
import { a } from './support/desk-contract.ts'
import { openDesk, type Seat } from './support/desk.ts'
import { storeCases } from './support/outbox-store-cases.ts'

function say(seat: Seat, text: string): string {
  return seat.outbox.send('talk', a, 'say', { text })
}

function texts(seat: Seat): string[] {
  return seat.outbox.requests().map(({ input }) => (input as { text: string }).text)
}

/** A store that finds these, and notes what is removed. */
function storeWith(found: readonly FoundRequest[]): { store: OutboxStore; removed: string[]; scopes: string[] } {
  const removed: string[] = []
  const scopes: string[] = []
  const store: OutboxStore = {
    open(scope, events) {
      scopes.push(scope)
      events.adopt(found)
      return Promise.resolve({
        put: () => Promise.resolve(),
        remove: async (key) => void removed.push(key),
        close: () => Promise.resolve(),
      })
    },
  }
  return { store, removed, scopes }
}

const sound = {
  room: 'talk',
  params: a,
  name: 'say',
  at: 5,
  seq: 1,
  state: 'pending',
  error: undefined,
  firstSentAt: undefined,
}

function found(key: string, change: object = {}): FoundRequest {
  return { key, record: { ...sound, key, input: { text: key }, ...change } }
}

describe('memoryOutbox', () => {
  it.each(storeCases.map((one) => [one.title, one] as const))('%s', async (_title, one) => {
    const store = memoryOutbox()
    await expect(one.run(() => store)).resolves.toBeUndefined()
  })
})

describe('a kept outbox and its store', () => {
  it('[KEP15] what an outbox left is sent by the next one, with its keys, before what is new', async () => {
    await using desk = await openDesk()
    const first = desk.open()
    first.cable.isPlugged = false
    const keys = ['1', '2', '3'].map((text) => say(first, text))
    await desk.pair.run(1_000)
    await first.outbox.close()
    await first.outbox.close()
    await first.client.close()
    const second = desk.open()
    keys.push(say(second, '4'))
    await desk.pair.flush()
    expect(second.answers).toEqual(['1:1', '2:2', '3:3', '4:4'])
    expect(desk.rules.runs.map(({ key }) => key)).toEqual(keys)
    await second.outbox.close()
    expect(texts(desk.open())).toEqual([])
  })

  it('[KEP15] an outbox that is closed tells nothing more, and loses nothing', async () => {
    await using desk = await openDesk()
    const first = desk.open()
    let go = () => {}
    desk.rules.take = () => new Promise<void>((resolve) => (go = resolve))
    const key = say(first, '1')
    await desk.pair.flush()
    const closed = first.outbox.close()
    go()
    await desk.pair.flush()
    await closed
    first.outbox.retry(key)
    first.outbox.discard(key)
    expect(first.answers).toEqual([])
    desk.rules.take = () => {}
    const second = desk.open()
    await desk.pair.flush()
    expect(second.answers).toEqual(['1:2'])
    expect(desk.rules.runs.map((run) => run.key)).toEqual([key, key])
  })

  it('[KEP16] the open ones never send for each other; when one ends, another sends what it left, before newer ones', async () => {
    await using desk = await openDesk()
    const first = desk.open()
    const second = desk.open()
    for (const { cable } of [first, second]) cable.isPlugged = false
    say(first, '1')
    await desk.pair.run(10)
    say(second, '2')
    await desk.pair.run(60_000)
    expect([texts(first), texts(second)]).toEqual([['1'], ['2']])
    await first.outbox.close()
    await desk.pair.settle()
    expect(texts(second)).toEqual(['1', '2'])
    second.cable.isPlugged = true
    await desk.pair.run(21_000)
    expect(second.answers).toEqual(['1:1', '2:2'])
    expect(first.answers).toEqual([])
  })

  it('[KEP17] drops what is damaged or does not fit the contract any more, and says so', async () => {
    await using desk = await openDesk()
    const bad: FoundRequest[] = [
      { key: 'none', record: undefined },
      { key: 'text', record: 'text' },
      found('another', { key: 'key' }),
      found('room', { room: 'attic' }),
      found('no-room', { room: 7 }),
      found('params', { params: { id: 7 } }),
      found('name', { name: 'sing' }),
      found('input', { input: { text: 7 } }),
      found('large', { input: { text: 'x'.repeat(1_001) } }),
      found('proto', { input: JSON.parse('{"__proto__":{},"text":"x"}') as object }),
      found('at', { at: 'now' }),
      found('endless', { at: Infinity }),
      found('seq', { seq: 0.5 }),
      found('state', { state: 'done' }),
      found('sent', { firstSentAt: 'yesterday' }),
      found('no key!', {}),
      found('k'.repeat(65), {}),
    ]
    const { store, removed } = storeWith([
      ...bad,
      found('good'),
      found('refused', { state: 'failed', error: 7, seq: 2 }),
    ])
    const seat = desk.open({ store })
    await desk.pair.flush()
    expect(seat.answers).toEqual(['good:1'])
    expect(seat.outbox.requests()).toMatchObject([{ key: 'refused', state: 'failed', error: { code: 'INTERNAL' } }])
    expect(removed).toEqual([...bad.map(({ key }) => key), 'good'])
    expect(seat.errors).toHaveLength(bad.length)
    for (const [index, { key }] of bad.entries())
      expect(seat.errors[index]?.message).toMatch(`the kept request ${key} was dropped: `)
  })

  it('[KEP17] what exceeds the limits stays in the store, which is reported', async () => {
    await using desk = await openDesk()
    const { store, removed } = storeWith([found('1'), found('2', { seq: 2 }), found('3', { seq: 3 })])
    const seat = desk.open({ store, maxRequests: 2 })
    await desk.pair.flush()
    expect(seat.answers).toEqual(['1:1', '2:2'])
    expect(removed).toEqual(['1', '2'])
    expect(seat.errors.map(({ message }) => message)).toEqual([
      '1 kept requests wait for the next outbox: this one is full; discard some',
    ])
  })

  it('[KEP18] the scope is the namespace of the contract', async () => {
    await using desk = await openDesk()
    const { store, scopes } = storeWith([])
    desk.open({ store })
    await desk.pair.settle()
    expect(scopes).toEqual(['/desk'])
  })

  it('[KEP20] without IndexedDB it says so once, and goes on in memory', async () => {
    await using desk = await openDesk()
    const seat = desk.open({ store: indexedDbOutbox({ name: 'test' }) })
    say(seat, '1')
    say(seat, '2')
    await desk.pair.flush()
    expect(seat.answers).toEqual(['1:1', '2:2'])
    await seat.outbox.close()
    expect(seat.errors.map(({ message }) => message)).toEqual([
      'requests are not kept: this environment has no IndexedDB; they are sent all the same, and lost if the page ends first',
    ])
  })
})
