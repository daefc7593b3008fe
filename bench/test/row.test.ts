import { expect, test } from 'vitest'
import { rowsOf, type Metric } from '../row.ts'
import { table } from '../table.ts'

const cpu: Metric = { name: 'cpuMicrosPerDelivery', unit: 'us', isMain: true }
const latency: Metric = { name: 'latencyP50Micros', unit: 'us', isMain: false }

const rounds = new Map([
  [
    'socket.io',
    [
      { cpuMicrosPerDelivery: 4, latencyP50Micros: 10 },
      { cpuMicrosPerDelivery: 8, latencyP50Micros: 12 },
    ],
  ],
  [
    'millrace',
    [
      { cpuMicrosPerDelivery: 1, latencyP50Micros: 3 },
      { cpuMicrosPerDelivery: 4, latencyP50Micros: 5 },
    ],
  ],
])

test('a main metric has a ratio to socket.io, any other has none', () => {
  const rows = rowsOf('fan-out', '100 members', [cpu, latency], rounds)
  expect(rows).toHaveLength(4)
  expect(rows[1]).toEqual({
    scenario: 'fan-out',
    case: '100 members',
    contender: 'millrace',
    metric: 'cpuMicrosPerDelivery',
    unit: 'us',
    median: 2.5,
    min: 1,
    max: 4,
    rounds: 2,
    baseline: 'socket.io',
    ratio: 0.375,
    ratios: [0.25, 0.5],
  })
  expect(rows[3]).toMatchObject({
    contender: 'millrace',
    metric: 'latencyP50Micros',
    median: 4,
    baseline: null,
    ratio: null,
  })
})

test('without socket.io there is nothing to compare with', () => {
  const alone = new Map([...rounds].filter(([contender]) => contender === 'millrace'))
  expect(rowsOf('fan-out', '100 members', [cpu], alone)).toMatchObject([{ baseline: null, ratio: null, ratios: null }])
})

test('the table has a line per row under its headings, with the numbers to the right', () => {
  const lines = table(rowsOf('fan-out', '100 members', [cpu], rounds)).split('\n')
  expect(lines).toHaveLength(3)
  expect(lines[0]).toMatch(/^scenario +case +contender +metric +median +min +max +unit +ratio$/)
  expect(lines[2]).toMatch(/^fan-out +100 members +millrace +cpuMicrosPerDelivery +2\.50 +1\.00 +4\.00 +us +0\.375$/)
})
