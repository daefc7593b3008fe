import type { ClusterContenderName } from '../cluster/cluster-node.ts'
import { openClusterStage, receiving, type ClusterStage } from '../cluster/stage.ts'
import type { Report } from '../load/report.ts'
import { playRounds } from '../rounds.ts'
import { rowsOf, type Row } from '../row.ts'
import { chosenOf } from './chosen-of.ts'
import { cpuMetrics, cpuValues, type Operation } from './cpu-metrics.ts'
import { Profiles } from './profiles.ts'
import type { ScenarioOptions } from './scenario.ts'

export interface ClusterCase {
  readonly scenario: string
  readonly name: string
  readonly operation: Operation
  readonly contenders: readonly ClusterContenderName[]
  readonly baseline: ClusterContenderName
  /** Also compares how long a whole round takes. */
  readonly comparesTime?: boolean
  /** Rounds that are played first and dropped. Default 1. */
  readonly warmUps?: number
  /** Before the first round, for each contender. */
  prepare?(stage: ClusterStage, contender: ClusterContenderName): Promise<void>
  /** Before each round, unmeasured. The rooms of a round are its own where they have its number. */
  beforeRound?(stage: ClusterStage, contender: ClusterContenderName, round: number): Promise<void>
  /** What is measured. */
  play(stage: ClusterStage, contender: ClusterContenderName): Promise<Report>
  /** After each round, unmeasured. */
  tidy?(stage: ClusterStage, contender: ClusterContenderName): Promise<void>
}

const roundTime = { name: 'roundMicros', unit: 'us', isMain: true } as const

/** Plays a case and divides the CPU time of each contender's receiving node by the operations of the round. */
export async function measureCluster(one: ClusterCase, options: ScenarioOptions): Promise<Row[]> {
  const { rounds, pinning, say } = options
  const contenders = chosenOf(one.scenario, one.contenders, options.contenders)
  await using stage = await openClusterStage(contenders, pinning, receiving)
  const nodeOf = (contender: string) => stage.node(contender as ClusterContenderName, receiving)
  const profiles = new Profiles(nodeOf, options.profileDir, one)
  for (const contender of contenders) await one.prepare?.(stage, contender)
  const played = new Map<string, number>()
  const results = await playRounds({ contenders, rounds, warmUps: one.warmUps ?? 1 }, async (contender, isWarmUp) => {
    const round = played.get(contender) ?? 0
    played.set(contender, round + 1)
    await one.beforeRound?.(stage, contender, round)
    if (!isWarmUp) await profiles.start(contender)
    const node = nodeOf(contender)
    await node.call('collectGarbage', undefined)
    const before = await node.call('cpuMicros', undefined)
    const report = await one.play(stage, contender)
    const cpuMicros = (await node.call('cpuMicros', undefined)) - before
    await stage.load.call('check', { contender })
    await one.tidy?.(stage, contender)
    const perOperation = cpuMicros / report.operations
    say(`${one.scenario}, ${one.name}: ${contender} ${perOperation.toFixed(2)} us${isWarmUp ? ' (warm-up)' : ''}`)
    const values = cpuValues(one.operation, perOperation, report)
    return one.comparesTime ? { ...values, [roundTime.name]: report.seconds * 1e6 } : values
  })
  for (const contender of contenders) await profiles.stop(contender)
  const metrics = [...cpuMetrics(one.operation), ...(one.comparesTime ? [roundTime] : [])]
  return rowsOf(one.scenario, one.name, metrics, results, one.baseline)
}
