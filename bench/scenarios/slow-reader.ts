import { setTimeout } from 'node:timers/promises'
import type { ContenderName } from '../contenders/contender.ts'
import { heavyRoom } from '../contenders/room-kind.ts'
import type { Report } from '../load/report.ts'
import type { Streamed } from '../server/stream.ts'
import { openStage, type Stage } from '../stage.ts'
import { rowsOf, type Row } from '../row.ts'
import { chosenOf } from './chosen-of.ts'
import type { Scenario, ScenarioOptions } from './scenario.ts'

const contenders: readonly ContenderName[] = ['socket.io', 'ws', 'millrace']

const stalled = 100
const others = 900
const calmRoom = 'calm'
const calmPerSecond = 10
/** With `textBytes`, 1 MB a second. */
const heavyPerSecond = 1_000
const textBytes = 940
/** Those that keep everything in memory play no longer than this, s. */
const mostSeconds = 6
/** How often is looked what waits for the stalled readers, ms. */
const lookMs = 1_000
/** Many times what it takes all of them to read what they missed. */
const catchUpMs = 240_000

const latency = { name: 'latencyP99Micros', unit: 'us', isMain: true } as const
const costs = [
  { name: 'bufferedBytesPerStalledReader', unit: 'B', isMain: false },
  { name: 'rssBytes', unit: 'B', isMain: false },
  { name: 'catchUpMicros', unit: 'us', isMain: false },
] as const

/**
 * Clients that stop reading from TCP while their room gets 1 MB a second: what waits for each of them in the server, what the
 * others notice, and whether they have everything when they read again. One round, since it takes a minute.
 */
export const slowReader: Scenario = {
  name: 'slow-reader',
  async run(options) {
    const rows: Row[] = []
    for (const contender of chosenOf('slow-reader', contenders, options.contenders))
      rows.push(...(await measureSlowReaders(contender, options)))
    return rows
  },
}

async function measureSlowReaders(contender: ContenderName, options: ScenarioOptions): Promise<Row[]> {
  const { pinning, say, stallSeconds } = options
  const seconds = contender === 'millrace' ? stallSeconds : Math.min(stallSeconds, mostSeconds)
  await using stage = await openStage([contender], pinning, 2)
  const [, readers] = stage.loads
  if (readers === undefined) throw new Error('stalled readers need a process of their own')
  await stage.load.call('connect', { contender, count: others, rooms: 'shared', room: calmRoom })
  // A room of the same kind, in which nobody is.
  const before = await play(stage, contender, `${heavyRoom}-empty`, Math.min(stallSeconds, mostSeconds))
  await readers.call('connect', { contender, count: stalled, rooms: 'shared', room: heavyRoom })
  await readers.call('stall', { contender })
  const during = await play(stage, contender, heavyRoom, seconds)
  const rssBytes = await stage.server(contender).call('rssBytes', undefined)
  const startedAt = performance.now()
  const events = seconds * heavyPerSecond
  const caughtUp = { events, digest: during.heavy.digest, withinMs: catchUpMs }
  const calm = playCalm(stage, contender, Math.min(stallSeconds, mostSeconds))
  const reconnected = await readers.call('catchUp', { contender, ...caughtUp })
  const catchUpMicros = (performance.now() - startedAt) * 1e3
  const after = await calm
  await stage.load.call('check', { contender })
  const name = `${stalled} of ${stalled + others} stalled`
  say(
    `slow-reader, ${name}: ${contender} ${during.mostBuffered} B buffered for one of them in ${seconds} s, resident ${rssBytes} B; ` +
      `${reconnected} had to connect again; each has ${events} events`,
  )
  const p99 = new Map([
    [`${contender}, nobody stalled`, [{ latencyP99Micros: before.others.latencyP99Micros }]],
    [contender as string, [{ latencyP99Micros: during.others.latencyP99Micros }]],
    [`${contender}, catching up`, [{ latencyP99Micros: after.latencyP99Micros }]],
  ])
  const cost = { bufferedBytesPerStalledReader: during.mostBuffered, rssBytes, catchUpMicros }
  return [
    ...rowsOf('slow-reader', `${name}, ${seconds} s`, [latency], p99, `${contender}, nobody stalled`),
    ...rowsOf('slow-reader', `${name}, ${seconds} s`, costs, new Map([[contender, [cost]]])),
  ]
}

interface Played {
  readonly others: Report
  readonly heavy: Streamed
  /** The largest that was seen of any connection that is among the `stalled` fullest ones. */
  readonly mostBuffered: number
}

async function play(stage: Stage, contender: ContenderName, room: string, seconds: number): Promise<Played> {
  const server = stage.server(contender)
  const updates = seconds * heavyPerSecond
  const calm = playCalm(stage, contender, seconds)
  const heavy = server.call('stream', { room, updates, perSecond: heavyPerSecond, textBytes })
  const stop = new AbortController()
  const looking = lookAtBuffers(() => server.call('bufferedBytes', undefined), stop.signal)
  try {
    const [others, streamed] = await Promise.all([calm, heavy])
    stop.abort()
    return { others, heavy: streamed, mostBuffered: await looking }
  } finally {
    stop.abort()
  }
}

/** What the others notice. */
async function playCalm({ load, ...stage }: Stage, contender: ContenderName, seconds: number): Promise<Report> {
  const updates = seconds * calmPerSecond
  await load.call('expect', { contender, room: calmRoom, updates, withinMs: (seconds + 60) * 1_000 })
  await stage.server(contender).call('stream', { room: calmRoom, updates, perSecond: calmPerSecond })
  return load.call('received', { contender })
}

/** Looks until it is told to stop, and once more. Resolves to the most that waited for one connection. */
async function lookAtBuffers(look: () => Promise<readonly number[]>, signal: AbortSignal): Promise<number> {
  let most = 0
  for (;;) {
    const [fullest = 0] = await look()
    most = Math.max(most, fullest)
    if (signal.aborted) return most
    await setTimeout(lookMs, undefined, { signal }).catch(() => {})
  }
}
