import { expect, it } from 'vitest'
import { charts } from '../contract.ts'
import { MachineReader } from '../machine/read-machine.ts'
import { valuesBetween, type Reading } from '../machine/reading.ts'

const counters = {
  requestsIn: 0,
  updatesIn: 0,
  framesOut: 0,
  bytesOut: 0,
  shed: 0,
  conflated: 0,
  behind: 0,
  refilled: 0,
  closedSlow: 0,
  connections: 3,
  rooms: 1,
}
const before: Reading = {
  monotonicMs: 1_000,
  cpu: { busyMs: 500, totalMs: 4_000 },
  processCpuMs: 100,
  memoryBytes: 1_000_000,
  loopDelayMs: 2,
  net: { inBytes: 10_000, outBytes: 0 },
  counters,
}

it('[CHT3] gives rates per second, and the share of all cores', () => {
  const after: Reading = {
    ...before,
    monotonicMs: 3_000,
    cpu: { busyMs: 2_500, totalMs: 8_000 },
    processCpuMs: 1_100,
    net: { inBytes: 13_000, outBytes: 500 },
    counters: { ...counters, requestsIn: 40, updatesIn: 1_000, framesOut: 20, bytesOut: 6_000, conflated: 2, shed: 4 },
  }
  expect(valuesBetween(before, after)).toEqual({
    cpu: 0.5,
    processCpu: 0.5,
    memory: 1_000_000,
    loopDelayMs: 2,
    netInBytes: 1_500,
    netOutBytes: 250,
    connections: 3,
    messages: 20,
    updatesIn: 500,
    framesOut: 10,
    bytesOut: 3_000,
    conflated: 1,
    shed: 2,
  })
})

it('[CHT2, CHT3] leaves out what cannot be told', () => {
  const later = { ...before, monotonicMs: 2_000 }
  expect(valuesBetween(before, { ...later, net: undefined, cpu: undefined })).not.toHaveProperty('cpu')
  expect(valuesBetween(before, { ...later, net: undefined })).not.toHaveProperty('netInBytes')
  expect(valuesBetween({ ...before, net: undefined }, later)).not.toHaveProperty('netOutBytes')
  expect(valuesBetween(before, { ...later, net: { inBytes: 9_000, outBytes: 9 } })).toMatchObject({ netOutBytes: 9 })
  expect(valuesBetween(before, { ...later, net: { inBytes: 9_000, outBytes: 9 } })).not.toHaveProperty('netInBytes')
  expect(valuesBetween(before, { ...later, cpu: { busyMs: 0, totalMs: 3_000 } })).not.toHaveProperty('cpu')
  expect(valuesBetween(before, { ...later, loopDelayMs: NaN })).not.toHaveProperty('loopDelayMs')
  const atOnce = valuesBetween(before, before)
  expect(atOnce).toEqual({ memory: 1_000_000, loopDelayMs: 2, connections: 3 })
})

it('[CHT1, CHT3] measures this machine, in fields that are declared', async () => {
  const reader = new MachineReader(() => counters)
  const first = await reader.read()
  // So much of a processor's time, however long a busy machine takes to give it.
  for (const start = process.cpuUsage(); process.cpuUsage(start).user < 50_000;);
  const second = await reader.read()
  reader.close()
  const values = valuesBetween(first, second)
  expect(charts.rooms.machines.series.use.fields).toEqual(expect.arrayContaining(Object.keys(values)))
  expect(values).toMatchObject({ connections: 3, memory: expect.any(Number), processCpu: expect.any(Number) })
  expect(values.processCpu).toBeGreaterThan(0)
  expect(values.cpu ?? 0).toBeLessThanOrEqual(1)
  expect(values.loopDelayMs).toBeGreaterThanOrEqual(0)
})
