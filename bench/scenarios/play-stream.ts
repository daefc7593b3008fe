import type { ContenderName } from '../contenders/contender.ts'
import type { Report } from '../load/report.ts'
import type { Streamed, StreamRun } from '../server/stream.ts'
import type { Stage } from '../stage.ts'

/** A server streams by itself, and the load receives. */
export async function playStream(
  stage: Stage,
  contender: ContenderName,
  run: StreamRun,
): Promise<{ readonly report: Report & { readonly leftOutPercent: number }; readonly streamed: Streamed }> {
  const { room, updates, keys } = run
  await stage.load.call('expect', { contender, room, updates, ...(keys === undefined ? {} : { keys }) })
  const streamed = await stage.server(contender).call('stream', run)
  const { received, members, ...report } = await stage.load.call('received', { contender })
  return { report: { ...report, leftOutPercent: 100 * (1 - received / (updates * members)) }, streamed }
}
