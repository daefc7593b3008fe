import type { DocumentContenderName } from '../documents/document-contender.ts'
import { openDocumentStage, type DocumentStage } from '../documents/document-stage.ts'
import type { TypingRun } from '../documents/typing-run.ts'
import { playRounds } from '../rounds.ts'
import { rowsOf, type Metric, type Row } from '../row.ts'
import { chosenOf } from './chosen-of.ts'
import { Profiles } from './profiles.ts'
import type { Scenario, ScenarioOptions } from './scenario.ts'

const contenders: readonly DocumentContenderName[] = ['hocuspocus', 'y-websocket', 'relay', 'millrace']

const authors = 20
const document = 'page'
const closedLoop: TypingRun = { updates: 120 }
const paced: TypingRun = { updates: 50, perSecond: 10 }
/** So fast that a server compiles what serves one update alone, and so slow that none of them travel together. */
const pacedWarmUp: TypingRun = { updates: 300, perSecond: 50 }
/** A server compiles what serves an update for some ten thousands of them. */
const warmUp: TypingRun = { updates: 500 }

/** Whose latency Millrace's is compared with. */
const latencyBaselines: readonly DocumentContenderName[] = ['hocuspocus', 'y-websocket']

const cpu = { name: 'cpuMicrosPerUpdate', unit: 'us', isMain: true } as const satisfies Metric
const latency = { name: 'latencyP99Micros', unit: 'us', isMain: true } as const satisfies Metric
const informing = [
  { name: 'latencyP50Micros', unit: 'us', isMain: false },
  { name: 'updatesPerSecond', unit: '1/s', isMain: false },
  { name: 'bytesPerUpdate', unit: 'B', isMain: false },
  { name: 'rssBytes', unit: 'B', isMain: false },
] as const satisfies readonly Metric[]

interface CollabCase {
  readonly name: string
  readonly run: 'closedLoop' | 'paced'
  readonly typing: TypingRun
  readonly warmUp: TypingRun
}

/** One after the other in the same document. */
const cases: readonly CollabCase[] = [
  { name: `${authors} authors, one update each at a time`, run: 'closedLoop', typing: closedLoop, warmUp: closedLoop },
  { name: `${authors} authors, ${paced.perSecond} updates/s each`, run: 'paced', typing: paced, warmUp: pacedWarmUp },
]

/** Twenty people type into one document. */
export const collab: Scenario = {
  name: 'collab',
  async run(options) {
    const playing = chosenOf('collab', contenders, options.contenders)
    await using stage = await openDocumentStage(playing, options.pinning)
    for (const contender of playing) {
      await stage.load.call('connect', { contender, document, count: authors })
      await stage.load.call('closedLoop', { contender, ...warmUp })
    }
    const rows: Row[] = []
    for (const one of cases) rows.push(...(await measureCollab(one, stage, playing, options)))
    return rows
  },
}

async function measureCollab(
  one: CollabCase,
  stage: DocumentStage,
  playing: readonly DocumentContenderName[],
  { rounds, profileDir, say }: ScenarioOptions,
): Promise<Row[]> {
  const serverOf = (contender: string) => stage.server(contender as DocumentContenderName)
  const profiles = new Profiles(serverOf, profileDir, { scenario: 'collab', name: one.name })
  const results = await playRounds({ contenders: playing, rounds, warmUps: 1 }, async (contender, isWarmUp) => {
    const server = stage.server(contender)
    if (!isWarmUp) await profiles.start(contender)
    await server.call('collectGarbage', undefined)
    const before = await server.call('cpuMicros', undefined)
    const report = await stage.load.call(one.run, { contender, ...(isWarmUp ? one.warmUp : one.typing) })
    const cpuMicrosPerUpdate = ((await server.call('cpuMicros', undefined)) - before) / report.operations
    const rssBytes = await server.call('rssBytes', undefined)
    await stage.load.call('check', { contender, document })
    const { latencyP50Micros, latencyP99Micros, bytesPerUpdate, operations, seconds } = report
    say(
      `collab, ${one.name}: ${contender} ${cpuMicrosPerUpdate.toFixed(1)} us, p99 ${latencyP99Micros} us${isWarmUp ? ' (warm-up)' : ''}`,
    )
    const updatesPerSecond = operations / seconds
    return { cpuMicrosPerUpdate, latencyP50Micros, latencyP99Micros, updatesPerSecond, bytesPerUpdate, rssBytes }
  })
  for (const contender of playing) await profiles.stop(contender)
  const playedBaselines = latencyBaselines.filter((baseline) => playing.includes(baseline))
  return [
    ...rowsOf('collab', one.name, [cpu, ...informing], results, 'hocuspocus'),
    ...playedBaselines.flatMap((baseline, nth) => {
      // Each contender is compared with the first one, and Millrace with the others too.
      const compared =
        nth === 0 ? results : new Map([...results].filter(([name]) => [baseline, 'millrace'].includes(name)))
      return rowsOf('collab', one.name, [latency], compared, baseline)
    }),
  ]
}
