import { expect, test } from 'vitest'
import { judge, marks } from '../results/mark.ts'
import { surroundings, type Surroundings } from '../results/machine.ts'
import { resultsPage } from '../results/results-page.ts'
import { rowsOf, type Row } from '../row.ts'
import { scenarios } from '../scenarios/all.ts'

const metric = { name: 'cpuMicrosPerUpdate', unit: 'us', isMain: true } as const
const rounds = new Map([
  ['socket.io', [{ cpuMicrosPerUpdate: 600 }, { cpuMicrosPerUpdate: 700 }, { cpuMicrosPerUpdate: 500 }]],
  ['millrace', [{ cpuMicrosPerUpdate: 24 }, { cpuMicrosPerUpdate: 35 }, { cpuMicrosPerUpdate: 20 }]],
])
const stream = rowsOf('stream', '5000/s to 100 viewers', [metric], rounds)
const latest = rowsOf('latest', '5000/s of 500 keys', [metric], rounds)

const around: Surroundings = {
  cpu: 'Some CPU',
  cores: 2,
  memoryBytes: 24 * 2 ** 30,
  kernel: 'Linux 6.1 x64',
  loadBefore: 0.25,
  versions: { node: '20.20.0', 'socket.io': '4.8.4' },
  commit: 'abc123',
  isClean: true,
}

function pageOf(
  rows: readonly Row[],
  changes: Partial<Surroundings> = {},
  faults: ReadonlyMap<string, string> = new Map(),
): string {
  return resultsPage({
    rows,
    date: new Date('2026-11-20T21:00:00Z'),
    command: 'npm run bench -- stream',
    rounds: 3,
    pinning: 'servers on core 0, load on core 1',
    surroundings: { ...around, ...changes },
    faults,
    seconds: new Map([
      ['stream', 61.4],
      ['latest', 58.9],
    ]),
  })
}

test('a mark is met up to its very value and missed above it', () => {
  const [mark] = marks.filter(({ scenario }) => scenario === 'latest')
  expect(judge([...stream, ...latest]).map(({ mark: { scenario }, isMet }) => [scenario, isMet])).toEqual([
    ['stream', true],
    ['latest', true],
  ])
  expect(judge(latest, [{ ...mark!, most: 0.039 }]).map(({ isMet }) => isMet)).toEqual([false])
})

test('a mark of bytes looks at the largest round, and one of what was not played is left out', () => {
  const bytes = { name: 'bufferedBytesPerStalledReader', unit: 'B', isMain: false } as const
  const rows = rowsOf(
    'slow-reader',
    '100 of 1000 stalled, 60 s',
    [bytes],
    new Map([
      ['socket.io', [{ bufferedBytesPerStalledReader: 4e6 }]],
      ['millrace', [{ bufferedBytesPerStalledReader: 30_000 }, { bufferedBytesPerStalledReader: 70_000 }]],
    ]),
  )
  expect(judge(rows)).toMatchObject([{ value: 70_000, isMet: false }])
  expect(judge([])).toEqual([])
})

test('every mark is about a scenario', () => {
  const names = new Set(scenarios.map(({ name }) => name))
  expect(marks.filter(({ scenario }) => !names.has(scenario))).toEqual([])
})

test('the page says where, when and with what, which marks are met, and every row with each round', () => {
  const lines = pageOf([...stream, ...latest]).split('\n')
  expect(lines).toContain('- Date: 2026-11-20 21:00 UTC')
  expect(lines).toContain('- Commit: abc123')
  expect(lines).toContain(
    '- Machine: 2 cores of Some CPU, 24.0 GiB of memory, Linux 6.1 x64; load average before the run 0.25',
  )
  expect(lines).toContain('- Versions: node 20.20.0, socket.io 4.8.4')
  expect(lines).toContain(
    '| 5,000 updates/s to 100, all delivered | stream, 5000/s to 100 viewers | cpuMicrosPerUpdate | socket.io | 0.040 | <= 0.05 | met |',
  )
  expect(lines).toContain(
    '| stream | 5000/s to 100 viewers | millrace | cpuMicrosPerUpdate | 24.00 | 20.00 | 35.00 | us | 0.040 (0.040 0.050 0.040) |',
  )
  expect(lines).toContain('| all | 120 |')
})

test('a missed mark and a changed tree are told', () => {
  const slow = stream.map((row) => (row.contender === 'millrace' ? { ...row, ratio: 0.06 } : row))
  const page = pageOf(slow, { isClean: false })
  expect(page).toContain('| 0.060 | <= 0.05 | **missed** |')
  expect(page).toContain('- Commit: abc123, with changes')
})

test('a scenario that failed is told with its reason, and nothing is where none did', () => {
  expect(pageOf(stream, {}, new Map([['latest', 'client 3: delivery 4 came again']]))).toContain(
    '\n## Failed\n\nTheir marks are missed.\n\n- **latest**: client 3: delivery 4 came again\n',
  )
  expect(pageOf(stream)).not.toContain('Failed')
})

test('this machine and its packages are found', () => {
  const { cores, memoryBytes, versions, commit } = surroundings()
  expect(cores).toBeGreaterThan(0)
  expect(memoryBytes).toBeGreaterThan(0)
  expect(commit).toMatch(/^[0-9a-f]{40}$/)
  const names = 'node socket.io engine.io ws ioredis zod yjs @hocuspocus/server @y/websocket-server redis'
  expect(Object.keys(versions).join(' ')).toBe(names)
  for (const version of Object.values(versions)) expect(version).toMatch(/^\d+\.\d+\.\d+/)
})
