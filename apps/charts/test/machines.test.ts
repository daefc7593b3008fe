import { memory } from '@millrace/server'
import { expect, it } from 'vitest'
import { charts } from '../contract.ts'
import { pointsOf, startCharts, watch } from './start-charts.ts'

it('[CHT1] appends a sample of this machine at every whole second', async () => {
  const node = await startCharts('node-1')
  const read = (field: string) => pointsOf(node, ['machines', 'use'], field, 'node-1')
  await expect.poll(async () => (await read('memory')).length).toBeGreaterThanOrEqual(3)
  for (const field of ['processCpu', 'memory', 'loopDelayMs', 'connections', 'bytesOut']) {
    const points = await read(field)
    expect(points.length).toBeGreaterThan(1)
    expect(points.every(([at, value]) => at % 1_000 === 0 && value >= 0)).toBe(true)
  }
  const newest = (await read('memory')).at(-1)?.[0] ?? 0
  expect(Math.abs(Date.now() - newest)).toBeLessThan(10_000)
  expect(node.errors).toEqual([])
})

it('[CHT5, CHT6, CHT20] lists the nodes that run, and who watches them; a closed one leaves the list', async () => {
  const store = memory()
  const [one, two] = [await startCharts('node-1', store), await startCharts('node-2', store)]
  const machines = watch(one.url, 'guest.1').space.room('machines')
  await machines.join()
  const names = () => [...machines.state('node').keys()].toSorted()
  await expect.poll(names).toEqual(['node-1', 'node-2'])
  const first = machines.state('node').get('node-1')
  expect(first).toMatchObject({ pid: process.pid, version: process.version, cores: expect.any(Number) })
  await expect.poll(() => machines.state('node').get('node-1')?.watching).toBe(1)
  expect(machines.state('node').get('node-2')?.watching).toBe(0)
  await two.close()
  await expect.poll(names).toEqual(['node-1'])
  expect([...one.errors, ...two.errors]).toEqual([])
})

it('[CHT6] takes a dead node off the list', { timeout: 20_000 }, async () => {
  const node = await startCharts('node-1', undefined, { lapsedMs: 6_000 })
  const machines = watch(node.url).space.room('machines')
  await machines.join()
  await expect.poll(() => machines.state('node').get('node-1')).toBeDefined()
  const facts = machines.state('node').get('node-1')
  if (facts === undefined) throw new Error('there are no facts')
  const beganAt = performance.now()
  await node.server.room(charts, 'machines', {}).publish('node', { ...facts, name: 'dead' })
  await expect.poll(() => machines.state('node').has('dead')).toBe(true)
  await expect.poll(() => machines.state('node').has('dead'), { timeout: 15_000, interval: 250 }).toBe(false)
  expect(performance.now() - beganAt).toBeGreaterThan(5_500)
  expect(machines.state('node').has('node-1')).toBe(true)
})
