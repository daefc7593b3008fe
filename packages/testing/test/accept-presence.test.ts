import { fail, roomKey } from '@millrace/contract'
import { createPair, startTestServer } from '@millrace/testing'
import { describe, expect, it } from 'vitest'
import { followed, followedApp, pageOf } from './support/followed.ts'
import { askNow, rawClient } from './support/raw-client.ts'
import { joinedOf } from './support/watcher.ts'

const forbidden = { ok: false, error: { code: 'FORBIDDEN', message: 'this hat is taken' } }
const noBlack = (_user: string, hat: string) => {
  if (hat === 'BLACK') throw fail('FORBIDDEN', 'this hat is taken')
}

async function openHats(acceptPresence: (user: string, hat: string) => Promise<void> | void) {
  const pair = await createPair({ implementations: [followedApp({ acceptPresence })] })
  const key = roomKey(followed.namespace, 'page', { id: 'a' })
  const { presence } = await pair.openStore()
  return {
    pair,
    hats: async () => (await presence.list(key)).map(({ userId, state }) => [userId, state]),
    client: (user: string) => rawClient(pair, user, {}, 0, followed.namespace),
    [Symbol.asyncDispose]: () => pair[Symbol.asyncDispose](),
  }
}

describe('what a client says of itself', () => {
  it('[KPT27] is accepted first: a refused join leaves no trace, and a refused change what was there', async () => {
    const asked: unknown[] = []
    await using scene = await openHats((user, hat) => {
      asked.push([user, hat])
      noBlack(user, hat)
    })
    const { pair } = scene
    const [ada, bob] = [await scene.client('ada'), await scene.client('bob')]
    const room = joinedOf(await askNow(pair, ada, '~join', pageOf))?.room
    ada.got.length = 0
    expect(await askNow(pair, bob, '~join', { ...pageOf, presence: { hat: 'black' } })).toEqual(forbidden)
    expect([await scene.hats(), ada.got]).toEqual([[['ada', '{"hat":"red"}']], []])
    expect(await askNow(pair, ada, '~presence', { room, state: { hat: 'black' } })).toEqual(forbidden)
    expect([await scene.hats(), ada.got]).toEqual([[['ada', '{"hat":"red"}']], []])
    expect(await askNow(pair, ada, '~presence', { room, state: { hat: 'blue' } })).toEqual({ ok: true })
    expect(await askNow(pair, ada, '~join', { ...pageOf, presence: { hat: 'black' } })).toEqual(forbidden)
    expect(await scene.hats()).toEqual([['ada', '{"hat":"blue"}']])
    expect(asked).toEqual([
      ['ada', 'RED'],
      ['bob', 'BLACK'],
      ['ada', 'BLACK'],
      ['ada', 'BLUE'],
      ['ada', 'BLACK'],
    ])
    await pair.room(followed, 'page', { id: 'a' }).publish('note', { n: 1 })
    await pair.flush()
    expect([ada.got.at(-1)?.[0], bob.got.map(([name]) => name)]).toEqual(['note', ['~hello']])
  })

  it('[KPT27] that fails for another reason is the fault of the server, and is reported', async () => {
    await using scene = await openHats(() => Promise.reject(new Error('the list of hats is lost')))
    const ada = await scene.client('ada')
    expect(await askNow(scene.pair, ada, '~join', pageOf)).toMatchObject({ error: { code: 'INTERNAL' } })
    expect([await scene.hats(), scene.pair.errors.map(String)]).toEqual([[], ['Error: the list of hats is lost']])
  })

  it('[KPT28] last stands, also where it was accepted sooner than what came before', async () => {
    const waiting = new Map<string, () => void>()
    await using scene = await openHats((_user, hat) => {
      if (hat !== 'RED') return new Promise((resolve) => void waiting.set(hat, resolve))
    })
    const { pair } = scene
    const ada = await scene.client('ada')
    const room = joinedOf(await askNow(pair, ada, '~join', pageOf))?.room
    const answers = ['blue', 'green', 'white'].map((hat) => ada.ask('~presence', { room, state: { hat } }))
    await pair.flush()
    for (const hat of ['GREEN', 'BLUE', 'WHITE']) {
      waiting.get(hat)?.()
      await pair.flush()
      const [[, state]] = (await scene.hats()) as [[string, string]]
      expect(state).toBe(hat === 'WHITE' ? '{"hat":"white"}' : '{"hat":"green"}')
    }
    expect(await Promise.all(answers)).toEqual(answers.map(() => ({ ok: true })))
  })

  it('[KPT27] from a real client, who learns why', async () => {
    await using served = await startTestServer({ implementations: [followedApp({ acceptPresence: noBlack })] })
    const [ada, bob] = ['ada', 'bob'].map((user) =>
      served.client({ auth: { user } }).use(followed).room('page', { id: 'a' }),
    )
    await ada!.join({ presence: { hat: 'red' } })
    await expect(bob!.join({ presence: { hat: 'black' } })).rejects.toMatchObject(forbidden.error)
    await expect(ada!.presence.set({ hat: 'black' })).rejects.toMatchObject(forbidden.error)
    await bob!.join({ presence: { hat: 'blue' } })
    expect(bob!.presence.members().map(({ id, metas }) => [id, metas.map(({ state }) => state)])).toEqual([
      ['ada', [{ hat: 'RED' }]],
      ['bob', [{ hat: 'BLUE' }]],
    ])
  })
})
