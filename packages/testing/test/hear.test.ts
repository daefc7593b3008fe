import { defineContract, event, room } from '@millrace/contract'
import { implement } from '@millrace/server'
import { createPair, type TestUser } from '@millrace/testing'
import { describe, expect, it } from 'vitest'
import { z } from 'zod'

const Turn = z.object({ turn: z.number().min(-1).max(1) })
const Nothing = z.object({})

const game = defineContract({
  namespace: '/game',
  rooms: {
    table: room({
      params: z.object({ id: z.string() }),
      events: {
        turn: event(Turn, { delivery: 'volatile', publish: 'members', to: 'server' }),
        wave: event(Nothing, { delivery: 'volatile', publish: 'members' }),
      },
    }),
  },
})

const app = implement<typeof game, TestUser>(game, { rooms: { table: { authorize: () => true } } })

async function openGame() {
  const pair = await createPair({ implementations: [app], nodes: 2 })
  const sit = async (user: string, node: number, id = 'a') => {
    const { client, cable } = pair.client({ auth: { user } })
    cable.node = node
    const table = client.use(game).room('table', { id })
    const told: unknown[] = []
    table.on('turn', (turn) => told.push(turn))
    table.on('wave', () => told.push('wave'))
    void table.join()
    await pair.flush()
    return { table, told }
  }
  return { pair, sit, [Symbol.asyncDispose]: () => pair[Symbol.asyncDispose]() }
}

describe('events to the server', () => {
  it('[DEL80] reach each listener once, with their user, from every node, and no member', async () => {
    await using scene = await openGame()
    const { pair } = scene
    const [ada, bob] = [await scene.sit('ada', 0), await scene.sit('bob', 1)]
    const heard: unknown[] = []
    const handle = pair.room(game, 'table', { id: 'a' })
    for (const ear of [1, 2]) await handle.hear('turn', ({ turn }, { from }) => heard.push([ear, from, turn]))
    ada.table.publish('turn', { turn: 1 })
    await pair.flush()
    bob.table.publish('turn', { turn: -1 })
    bob.table.publish('wave', {})
    await pair.flush()
    expect(heard).toEqual([
      [1, 'ada', 1],
      [2, 'ada', 1],
      [1, 'bob', -1],
      [2, 'bob', -1],
    ])
    expect([ada.told, bob.told]).toEqual([['wave'], ['wave']])
  })

  it('[DEL81] are heard until the subscription is closed, in that room alone, and only where they fit', async () => {
    await using scene = await openGame()
    const { pair } = scene
    const [ada, bob] = [await scene.sit('ada', 0), await scene.sit('bob', 1, 'b')]
    const heard: unknown[] = []
    const handle = pair.room(game, 'table', { id: 'a' })
    const subscription = await handle.hear('turn', ({ turn }, { from }) => heard.push([from, turn]))
    bob.table.publish('turn', { turn: 1 })
    await pair.flush()
    const head = (name: string) => JSON.stringify({ node: 'other', name, at: 1, from: 'eve' })
    for (const [name, payload] of [
      ['turn', '{"turn":2}'],
      ['turn', '{"turn":'],
      ['turn', ''],
      ['turn@2', '{"turn":1}'],
    ] as const)
      pair.node().store.bus.publish(`heard ${handle.key}`, { head: head(name), payload })
    ada.table.publish('turn', { turn: 0.5 })
    await pair.flush()
    await subscription.close()
    ada.table.publish('turn', { turn: 1 })
    await pair.flush()
    expect([heard, pair.errors]).toEqual([[['ada', 0.5]], []])
  })

  it('[DEL82] are no others; what a listener throws is reported, and the next event is heard', async () => {
    await using scene = await openGame()
    const { pair } = scene
    const ada = await scene.sit('ada', 0)
    const handle = pair.room(game, 'table', { id: 'a' })
    await expect(handle.hear('wave', () => {})).rejects.toMatchObject({ code: 'INVALID_INPUT' })
    const fault = new Error('the first turn is refused')
    const heard: number[] = []
    await handle.hear('turn', ({ turn }) => {
      if (heard.push(turn) === 1) throw fault
    })
    for (const turn of [0, 1]) ada.table.publish('turn', { turn })
    await pair.flush()
    expect([heard, pair.errors]).toEqual([[0, 1], [fault]])
  })
})
