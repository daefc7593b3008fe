import type { ContenderName } from '../contenders/contender.ts'
import { playRounds } from '../rounds.ts'
import { rowsOf, type Row } from '../row.ts'
import { openStage, type Stage } from '../stage.ts'
import { chosenOf } from './chosen-of.ts'
import { cpuMetrics, cpuValues, type CpuReport, type Operation } from './cpu-metrics.ts'
import { Profiles } from './profiles.ts'
import type { ScenarioOptions } from './scenario.ts'

export interface CpuCase {
  readonly scenario: string
  readonly name: string
  readonly operation: Operation
  /** Default: the baseline, the lower bound, and Millrace. */
  readonly contenders?: readonly ContenderName[]
  /** Before the first round, for each contender. */
  prepare?(stage: Stage, contender: ContenderName): Promise<void>
  /** What is measured. */
  play(stage: Stage, contender: ContenderName): Promise<CpuReport>
  /** After each round, unmeasured. */
  tidy?(stage: Stage, contender: ContenderName): Promise<void>
  /** After the last round, for each contender. */
  finish?(stage: Stage, contender: ContenderName): Promise<void>
}

const compared: readonly ContenderName[] = ['socket.io', 'ws', 'millrace']

/** What a server compiles while it runs would be a third of the first rounds of those that do little. */
const warmUps = 3

/** Plays a case and divides the CPU time of each server by the operations of the round. */
export async function measureCpu(one: CpuCase, options: ScenarioOptions): Promise<Row[]> {
  const { rounds, pinning, say } = options
  const contenders = chosenOf(one.scenario, one.contenders ?? compared, options.contenders)
  await using stage = await openStage(contenders, pinning)
  const profiles = new Profiles((contender) => stage.server(contender as ContenderName), options.profileDir, one)
  for (const contender of contenders) await one.prepare?.(stage, contender)
  const results = await playRounds({ contenders, rounds, warmUps }, async (contender, isWarmUp) => {
    if (!isWarmUp) await profiles.start(contender)
    const { cpuMicros, report } = await measure(stage, contender, one)
    await one.tidy?.(stage, contender)
    const perOperation = cpuMicros / report.operations
    say(`${one.scenario}, ${one.name}: ${contender} ${perOperation.toFixed(2)} us${isWarmUp ? ' (warm-up)' : ''}`)
    return cpuValues(one.operation, perOperation, report)
  })
  for (const contender of contenders) {
    await profiles.stop(contender)
    await one.finish?.(stage, contender)
  }
  return rowsOf(one.scenario, one.name, cpuMetrics(one.operation), results)
}

async function measure(
  stage: Stage,
  contender: ContenderName,
  one: CpuCase,
): Promise<{ cpuMicros: number; report: CpuReport }> {
  const server = stage.server(contender)
  await server.call('collectGarbage', undefined)
  const before = await server.call('cpuMicros', undefined)
  const report = await one.play(stage, contender)
  return { cpuMicros: (await server.call('cpuMicros', undefined)) - before, report }
}
