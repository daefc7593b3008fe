import type { ClusterContenderName } from '../cluster/cluster-node.ts'
import { volatileRoom } from '../cluster/rooms.ts'
import { openClusterStage, publishing, type ClusterStage } from '../cluster/stage.ts'
import type { Report } from '../load/report.ts'
import { playRounds } from '../rounds.ts'
import { rowsOf, type Row } from '../row.ts'
import { chosenOf } from './chosen-of.ts'
import type { ScenarioOptions } from './scenario.ts'

/** The sharded and the streams adapter deliver nothing to their own members before Redis has answered. */
const contenders: readonly ClusterContenderName[] = ['redis-adapter', 'millrace']

const members = 20
/** Few, since a node notices a Redis that is stopped for seconds, and says so. */
const publishesPerRound = 500

const latency = { name: 'latencyP50Micros', unit: 'us', isMain: true } as const
const slowest = { name: 'latencyP99Micros', unit: 'us', isMain: false } as const

/** How long volatile events take to members of the node that publishes: with Redis, then with Redis stopped. */
export async function measureStopped(options: ScenarioOptions): Promise<Row[]> {
  const { rounds, pinning, say } = options
  const playing = chosenOf('cross-node', contenders, options.contenders)
  await using stage = await openClusterStage(playing, pinning, publishing)
  for (const contender of playing) {
    await stage.load.call('connect', { contender, count: members, room: volatileRoom, node: publishing })
    await stage.node(contender, publishing).call('settled', undefined)
  }
  const name = `volatile, ${members} local members`
  const results = await playRounds({ contenders: playing, rounds, warmUps: 1 }, async (contender) => {
    const running = await play(stage, contender)
    const stopped = await withRedisStopped(stage, () => play(stage, contender))
    // Not while it is stopped: an answer may wait for Redis.
    await stage.load.call('check', { contender })
    say(`cross-node, ${name}: ${contender} ${running.latencyP50Micros} us, stopped ${stopped.latencyP50Micros} us`)
    return { running: values(running), stopped: values(stopped) }
  })
  return playing.flatMap((contender) => {
    const played = results.get(contender) ?? []
    const compared = new Map([
      [contender as string, played.map(({ running }) => running)],
      [`${contender}, Redis stopped`, played.map(({ stopped }) => stopped)],
    ])
    return rowsOf('cross-node', name, [latency, slowest], compared, contender)
  })
}

function play({ load }: ClusterStage, contender: ClusterContenderName): Promise<Report> {
  return load.call('publish', { contender, rooms: [volatileRoom], times: publishesPerRound })
}

async function withRedisStopped<T>({ redis }: ClusterStage, run: () => Promise<T>): Promise<T> {
  process.kill(redis.pid, 'SIGSTOP')
  try {
    return await run()
  } finally {
    process.kill(redis.pid, 'SIGCONT')
  }
}

function values({ latencyP50Micros, latencyP99Micros }: Report): Record<string, number> {
  return { latencyP50Micros, latencyP99Micros }
}
