import type { EventOutput } from '@millrace/contract'
import { expect, it } from 'vitest'
import type { charts } from '../contract.ts'
import { startCharts, watch } from './start-charts.ts'

type Line = EventOutput<typeof charts.rooms.log.events.line>

it('[CHT20, CHT30, CHT34] everybody reads what the nodes say, also what they said before', async () => {
  const node = await startCharts('node-1')
  node.log.say('info', 'said before anybody came')
  const reader = watch(node.url, 'guest.1').space
  const log = reader.room('log')
  const lines: Line[] = []
  log.on('line', (line) => void lines.push(line))
  await log.join()
  const page = async () => (await log.history({ limit: 100 })).events.map(({ payload }) => payload.text)
  await expect.poll(page).toContain('said before anybody came')
  await expect.poll(page).toContain('begins to simulate the market')
  await expect.poll(page).toContain('/charts: a connection was opened')
  await expect.poll(page).toContain('/charts: somebody joined log')
  const market = reader.room('market')
  await market.join()
  await market.request('rate.set', { perSecond: 77 })
  const other = watch(node.url, 'the-secret-name')
  await other.space.room('market').join()
  await other.client.close()
  await expect
    .poll(() => lines.map(({ level, text }) => `${level} ${text}`))
    .toEqual(
      expect.arrayContaining([
        'info the rate of the simulation was set to 77 updates a second',
        'debug /charts: somebody joined market',
        'debug /charts: a connection was closed',
      ]),
    )
  expect(lines.every(({ node: name, count }) => name === 'node-1' && count >= 1)).toBe(true)
  expect(JSON.stringify(lines)).not.toContain('secret')
})

it('[CHT34] tells of refusals and of errors that nobody waits for', async () => {
  const node = await startCharts('node-1', undefined, { maySetRate: () => false })
  const market = watch(node.url).space.room('market')
  await market.join()
  await expect(market.request('rate.set', { perSecond: 77 })).rejects.toMatchObject({ code: 'FORBIDDEN' })
  node.log.fault(new Error('a timer failed'))
  const page = watch(node.url).space.room('log')
  await page.join()
  const texts = async () => (await page.history({ limit: 100 })).events.map(({ payload }) => payload.text)
  await expect.poll(texts).toContain('Error: a timer failed')
  await expect.poll(texts).toContain('/charts: rate.set was refused: FORBIDDEN')
})
