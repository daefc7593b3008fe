import { levelsOf, seriesBytes } from '@millrace/server'
import { chartKeys } from '../chart-keys.ts'
import type { ContenderName } from '../contenders/contender.ts'
import { price } from '../contenders/millrace-contract.ts'
import { chartRoom } from '../contenders/room-kind.ts'
import type { ChartQuery } from '../load/chart-view.ts'
import { playRounds } from '../rounds.ts'
import { rowsOf, type Row } from '../row.ts'
import { spike } from '../spike.ts'
import { openStage, type Stage } from '../stage.ts'
import { chosenOf } from './chosen-of.ts'
import { measureCpu } from './measure-cpu.ts'
import { playStream } from './play-stream.ts'
import { Profiles } from './profiles.ts'
import type { Scenario, ScenarioOptions } from './scenario.ts'

/** Socket.IO sends every raw point, as an application does that has no series. */
const contenders: readonly ContenderName[] = ['socket.io', 'millrace']

const series = 200
const viewers = 100
const perSecond = 5_000
const updatesPerRound = 5_000
const { stepMs, retentionMs } = price
/** What is older than a day is refused, so that the first points must not be so old that they are when they are stored. */
const spanMs = retentionMs - 900_000
const minuteMs = 60_000

interface Zoom {
  readonly name: string
  readonly spanMs: number
  readonly widthPx: number
  readonly keys: number
}

const oneSeries: Zoom = { name: '1 series, a day on 1200 px', spanMs, widthPx: 1_200, keys: 1 }

const zooms: readonly Zoom[] = [
  { name: 'a day on 300 px', spanMs, widthPx: 300 },
  { name: 'a day on 1200 px', spanMs, widthPx: 1_200 },
  { name: '6 hours on 1200 px', spanMs: 360 * minuteMs, widthPx: 1_200 },
  { name: '1 hour on 1200 px', spanMs: 60 * minuteMs, widthPx: 1_200 },
  { name: '10 minutes on 1200 px', spanMs: 10 * minuteMs, widthPx: 1_200 },
].map((zoom) => ({ ...zoom, name: `${series} series, ${zoom.name}`, keys: series }))

const viewMetrics = [
  { name: 'cpuMicrosPerView', unit: 'us', isMain: true },
  { name: 'viewMicros', unit: 'us', isMain: false },
  { name: 'bytesPerView', unit: 'B', isMain: false },
] as const

type ViewValues = Record<(typeof viewMetrics)[number]['name'], number>

/** A day of one-second points at any zoom, what they take, and increments while they are appended to. */
export const seriesScenario: Scenario = {
  name: 'series',
  async run(options) {
    const playing = chosenOf('series', contenders, options.contenders)
    return [...(await measureViews(playing, options)), ...(await measureIncrements(options))]
  },
}

async function measureViews(playing: readonly ContenderName[], options: ScenarioOptions): Promise<Row[]> {
  const { rounds, pinning, say } = options
  await using stage = await openStage(playing, pinning)
  const to = Math.floor(Date.now() / stepMs) * stepMs - minuteMs
  const day = { from: to - spanMs, to, stepMs, spikeAt: to - Math.floor(spanMs / stepMs / 2) * stepMs }
  const profiles = new Profiles((name) => stage.server(name as ContenderName), options.profileDir, {
    scenario: 'series',
    name: 'views',
  })
  const memory: Row[] = []
  for (const contender of playing) {
    const keys = contender === 'millrace' ? series : 1
    const startedAt = performance.now()
    const bytesPerSeries = await fill(stage, contender, { ...day, keys })
    say(`series: ${contender} has stored ${keys} series in ${Math.round((performance.now() - startedAt) / 1e3)} s`)
    await stage.load.call('connect', { contender, count: 1, rooms: 'shared', room: chartRoom })
    if (contender !== 'millrace') continue
    const most = seriesBytes({ stepMs, retentionMs, maxTracks: 1 })
    say(
      `series: ${Math.round(bytesPerSeries)} B per series of one point a second for a day; at most ${most} B, which is 64 B per bucket and 32 kB, ` +
        `of buckets of ${levelsOf({ stepMs, retentionMs }).join(', ')} ms`,
    )
    memory.push(...memoryRows(contender, bytesPerSeries, most))
  }
  const rows: Row[] = []
  for (const zoom of [oneSeries, ...zooms]) {
    const views = zoom.keys === 1 ? playing : playing.filter((contender) => contender === 'millrace')
    const results = await playRounds({ contenders: views, rounds, warmUps: 1 }, async (contender, isWarmUp) => {
      if (!isWarmUp) await profiles.start(contender)
      const values = await view(stage, contender, zoom, day)
      say(`series, ${zoom.name}: ${contender} ${Math.round(values.cpuMicrosPerView)} us${isWarmUp ? ' (warm-up)' : ''}`)
      return values
    })
    rows.push(...rowsOf('series', zoom.name, viewMetrics, results))
  }
  for (const contender of playing) await profiles.stop(contender)
  return [...memory, ...rows]
}

interface Day {
  readonly from: number
  readonly to: number
  readonly stepMs: number
  readonly spikeAt: number
}

async function fill(stage: Stage, contender: ContenderName, day: Day & { readonly keys: number }): Promise<number> {
  const server = stage.server(contender)
  const before = await server.call('settledRssBytes', undefined)
  await server.call('fillCharts', day)
  return ((await server.call('settledRssBytes', undefined)) - before) / day.keys
}

function memoryRows(contender: string, bytesPerSeries: number, most: number): Row[] {
  const metrics = ['rssBytesPerSeries', 'mostBytesPerSeries'].map(
    (name) => ({ name, unit: 'B', isMain: false }) as const,
  )
  const values = { rssBytesPerSeries: bytesPerSeries, mostBytesPerSeries: most }
  return rowsOf('series', `${series} series, a day each`, metrics, new Map([[contender, [values]]]))
}

/** One client asks once. The window begins at the zoom's own distance from the spike, so that each shows it. */
async function view(stage: Stage, contender: ContenderName, zoom: Zoom, day: Day): Promise<ViewValues> {
  const server = stage.server(contender)
  const from = Math.max(day.from, day.spikeAt - Math.floor(zoom.spanMs / 2))
  const query: ChartQuery = { keys: chartKeys(zoom.keys), from, to: from + zoom.spanMs, widthPx: zoom.widthPx }
  await server.call('collectGarbage', undefined)
  const before = await server.call('cpuMicros', undefined)
  const { latencyP50Micros, bytes, greatest } = await stage.load.call('view', { contender, query })
  const cpuMicrosPerView = (await server.call('cpuMicros', undefined)) - before
  await stage.load.call('unview', { contender })
  if (greatest !== spike) throw new Error(`${contender} does not show the spike of one sample in ${zoom.name}`)
  return { cpuMicrosPerView, viewMicros: latencyP50Micros, bytesPerView: bytes }
}

/** Many viewers of the same chart while its series are appended to. */
function measureIncrements(options: ScenarioOptions): Promise<Row[]> {
  const query: ChartQuery = { keys: chartKeys(series), last: retentionMs, widthPx: 1_200 }
  let newest: Readonly<Record<string, number>> = {}
  return measureCpu(
    {
      scenario: 'series',
      name: `${perSecond} appends/s to ${viewers} equal views of ${series}`,
      operation: 'update',
      contenders,
      async prepare({ load }, contender) {
        await load.call('connect', { contender, count: viewers, rooms: 'shared', room: chartRoom })
        if (contender === 'millrace') await load.call('view', { contender, query })
      },
      async play(stage, contender) {
        const run = { room: chartRoom, updates: updatesPerRound, perSecond, keys: series }
        const { report, streamed } = await playStream(stage, contender, run)
        newest = streamed.newest
        return report
      },
      tidy: ({ load }, contender) => load.call('checkNewest', { contender, newest }),
      finish: ({ load }, contender) => load.call('check', { contender }),
    },
    options,
  )
}
