import { memory, type StoreProvider } from '@millrace/server'
import { expect, it } from 'vitest'
import { charts } from '../contract.ts'
import { priceAt } from '../market/price-at.ts'
import type { Quote } from '../market/run-market.ts'
import { symbols } from '../market/symbols.ts'
import { pointsOf, startCharts, watch, type ChartsNode } from './start-charts.ts'

const seed = 99
const hourMs = 3_600_000

const startNode = (nodeName: string, store?: StoreProvider, options: { readonly backMs?: number } = {}) =>
  startCharts(nodeName, store, { seed, lingerMs: 1_000, ...options })

async function startMarket(nodeName = 'node-1', store: StoreProvider = memory(), options = {}) {
  const node = await startNode(nodeName, store, options)
  return { node, ...(await enter(node)) }
}

async function enter(node: ChartsNode, user?: string) {
  const { client, space } = watch(node.url, user)
  const market = space.room('market')
  const quotes: Quote[] = []
  market.on('quote', (quote) => void quotes.push(quote))
  await market.join()
  return { client, market, quotes, simulation: () => market.state('simulation').get('') }
}

/** How many updates a second there were in the last second of those given. */
function paceOf(quotes: readonly Quote[]): number {
  const until = quotes.at(-1)?.at ?? 0
  return quotes.filter(({ at }) => at > until - 1_000).length
}

it(
  '[CHT10, CHT14, CHT15] fills in what nobody simulated, then goes on; every price is that of the seed',
  { timeout: 40_000 },
  async () => {
    const { node, quotes, simulation } = await startMarket('node-1', memory(), { backMs: 24 * hourMs })
    await expect.poll(() => simulation()?.isRunning, { timeout: 30_000 }).toBe(true)
    expect(simulation()).toMatchObject({ seed, node: 'node-1', rate: 500, isIdle: false })
    await expect.poll(() => quotes.length).toBeGreaterThan(300)
    const midnight = (at: number): number => Math.floor(at / (24 * hourMs)) * 24 * hourMs
    for (const { symbol, price, change, at } of quotes) {
      const index = symbols.indexOf(symbol)
      expect(price).toBe(priceAt(seed, index, at))
      expect(change).toBeCloseTo(price / priceAt(seed, index, midnight(at)) - 1, 10)
    }
    const points = await pointsOf(node, ['market', 'price'], 'price', 'ALA')
    expect(points.length).toBeGreaterThan(290)
    expect(points[0]?.[0]).toBeLessThan(Date.now() - 23 * hourMs)
    expect(points.at(-1)?.[0]).toBeGreaterThan(Date.now() - 5_000)
    expect(points.every(([at, price]) => price === priceAt(seed, symbols.indexOf('ALA'), at))).toBe(true)
    expect(node.errors).toEqual([])
  },
)

it('[CHT13, CHT17] runs at the rate that was set last', async () => {
  const { node, market, simulation, quotes } = await startMarket()
  await expect.poll(() => simulation()?.isRunning).toBe(true)
  await expect(market.request('rate.set', { perSecond: 30 })).resolves.toEqual({ perSecond: 30 })
  await expect.poll(() => simulation()?.rate).toBe(30)
  quotes.length = 0
  await expect.poll(() => (quotes.at(-1)?.at ?? 0) - (quotes[0]?.at ?? 0)).toBeGreaterThan(1_500)
  expect(paceOf(quotes)).toBeGreaterThan(20)
  expect(paceOf(quotes)).toBeLessThan(40)
  expect(node.said.map(({ text }) => text)).toContain('the rate of the simulation was set to 30 updates a second')
})

it(
  '[CHT16] rests while nobody watches on any node, and goes on with the first who comes',
  { timeout: 20_000 },
  async () => {
    const store = memory()
    const { node, client } = await startMarket('node-1', store)
    const other = await startNode('node-2', store)
    const there = await enter(other)
    await expect.poll(() => there.simulation()?.isIdle).toBe(false)
    await client.close()
    await there.client.close()
    // Only the store still hears it.
    const isIdle = async () => {
      const { values } = await node.store().state.read(node.server.room(charts, 'market', {}).key)
      const payload = values.find(({ name }) => name === 'simulation')?.payload
      return typeof payload === 'string' && payload.includes('"isIdle":true')
    }
    await expect.poll(isIdle, { interval: 250 }).toBe(true)
    const resting = await pointsOf(node, ['market', 'price'], 'price', 'ALA')
    const again = await enter(other)
    await expect.poll(() => again.simulation()?.isIdle).toBe(false)
    await expect.poll(() => paceOf(again.quotes)).toBeGreaterThan(100)
    const read = () => pointsOf(node, ['market', 'price'], 'price', 'ALA')
    const newestAt = async (): Promise<number> => (await read()).at(-1)?.[0] ?? 0
    await expect.poll(newestAt).toBeGreaterThan(resting.at(-1)?.[0] ?? Infinity)
    const points = await read()
    // No hole is left, however long it rested.
    const gaps = points.slice(1).map(([at], index) => at - (points[index]?.[0] ?? 0))
    expect(Math.max(...gaps.slice(-30))).toBeLessThanOrEqual(10_000)
  },
)

it('[CHT12, CHT17] another node takes over with the rate that was set, and prices go on', async () => {
  const store = memory()
  const { node, simulation } = await startMarket('node-1', store)
  await expect.poll(() => simulation()?.isRunning).toBe(true)
  const other = await startNode('node-2', store)
  const there = await enter(other)
  await there.market.request('rate.set', { perSecond: 1_000 })
  await expect.poll(() => simulation()?.rate).toBe(1_000)
  const before = await pointsOf(other, ['market', 'price'], 'price', 'ALA')
  await node.close()
  await expect.poll(() => there.simulation()).toMatchObject({ node: 'node-2', rate: 1_000, isRunning: true })
  const count = there.quotes.length
  await expect.poll(() => there.quotes.length).toBeGreaterThan(count + 300)
  expect(there.quotes.every(({ symbol, price, at }) => price === priceAt(seed, symbols.indexOf(symbol), at))).toBe(true)
  const after = await pointsOf(other, ['market', 'price'], 'price', 'ALA')
  // All of the past is read in columns of ten seconds (SER12), of which only the newest changes.
  const newest = before.at(-1)?.[0] ?? 0
  const settled = before.filter(([at]) => at < newest - (newest % 10_000))
  expect(settled.length).toBeGreaterThan(20)
  expect(after.slice(0, settled.length)).toEqual(settled)
  const times = after.map(([at]) => at)
  expect(times).toEqual(times.toSorted((a, b) => a - b))
  expect(other.said.map(({ text }) => text)).toContain('takes the market over from node-1')
  expect([...node.errors, ...other.errors]).toEqual([])
})
