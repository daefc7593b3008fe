import { io } from 'socket.io-client'
import { expect, it, onTestFinished } from 'vitest'
import { startCharts, watch } from './start-charts.ts'

interface Answer {
  readonly ok: boolean
  readonly data?: { readonly room: number }
  readonly error?: { readonly code: string }
}

/** Sends whatever it is told to: a client of ours would refuse most of it itself. */
async function joinRudely(url: string) {
  const socket = io(`${url}/charts`, { auth: { user: 'eve' }, transports: ['websocket'], forceNew: true })
  onTestFinished(() => void socket.close())
  const ask = (name: string, argument: unknown) => socket.timeout(5_000).emitWithAck(name, argument) as Promise<Answer>
  const room = (await ask('~join', { room: 'market' })).data?.room
  return (input: unknown) => ask('rate.set', { room, input })
}

it('[CHT17] refuses what is no whole number from 1 to 10,000; the rate stays', async () => {
  const node = await startCharts('node-1')
  const setRate = await joinRudely(node.url)
  const inputs = [0, -1, 10_001, 1e9, 0.5, NaN, Infinity, '500', null, [500], { perSecond: 500 }, new Uint8Array(4)]
  for (const perSecond of inputs)
    expect(await setRate({ perSecond })).toMatchObject({ ok: false, error: { code: 'INVALID_INPUT' } })
  for (const input of [undefined, null, 500, '', [], {}])
    expect(await setRate(input)).toMatchObject({ ok: false, error: { code: 'INVALID_INPUT' } })
  const market = watch(node.url).space.room('market')
  await market.join()
  await expect.poll(() => market.state('simulation').get('')).toMatchObject({ rate: 500 })
  await expect(setRate({ perSecond: 40 })).resolves.toMatchObject({ ok: true })
  await expect.poll(() => market.state('simulation').get('')?.rate).toBe(40)
  expect(node.errors).toEqual([])
})

it('[CHT18] holds each user to a pace, and all of them to another', async () => {
  const { url } = await startCharts('node-1')
  const market = watch(url, 'ada').space.room('market')
  await market.join()
  const set = (room: typeof market) =>
    room.request('rate.set', { perSecond: 500 }).then(
      () => 'ok',
      (error: unknown) => error,
    )
  const answers = await Promise.all(Array.from({ length: 20 }, () => set(market)))
  expect(answers.slice(0, 10)).toEqual(Array.from({ length: 10 }, () => 'ok'))
  expect(answers.at(-1)).toMatchObject({ code: 'TOO_OFTEN', data: { waitMs: expect.any(Number) } })
  const crowd = await Promise.all(
    Array.from({ length: 12 }, async (_, index) => {
      const room = watch(url, `user-${index}`).space.room('market')
      await room.join()
      return room
    }),
  )
  const theirs = await Promise.all(crowd.flatMap((room) => Array.from({ length: 10 }, () => set(room))))
  expect(theirs.filter((answer) => answer === 'ok').length).toBeLessThan(120)
  expect(theirs.find((answer) => answer !== 'ok')).toMatchObject({ code: 'TOO_OFTEN' })
})

it('[CHT19] refuses those who may not', async () => {
  const { url } = await startCharts('node-1', undefined, { maySetRate: ({ id }) => !id.startsWith('guest.') })
  const [guest, ada] = [watch(url, 'guest.1').space.room('market'), watch(url, 'ada').space.room('market')]
  await Promise.all([guest.join(), ada.join()])
  await expect(guest.request('rate.set', { perSecond: 500 })).rejects.toMatchObject({ code: 'FORBIDDEN' })
  await expect(ada.request('rate.set', { perSecond: 500 })).resolves.toEqual({ perSecond: 500 })
})
