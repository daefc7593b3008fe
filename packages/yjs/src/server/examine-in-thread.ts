import { MillraceError } from '@millrace/contract'
import { encodeClocks, type Clocks } from './clocks.ts'
import type { Accepted, GuardLimits } from './guard/examine.ts'
import { runJob } from './worker/run-job.ts'

/**
 * As `examine`, of updates that would hold the event loop.
 *
 * @param known Asked when the look begins.
 * @throws MillraceError where the update is refused.
 */
export async function examineInThread(update: Uint8Array, known: () => Clocks, limits: GuardLimits): Promise<Accepted> {
  const ask = () => ({ update, known: encodeClocks(known()), limits })
  const verdict = await runJob('examine', ask, update.byteLength)
  // A thread answers with a copy.
  if (verdict.ok) return verdict.update.byteLength === update.byteLength ? { ...verdict, update } : verdict
  const { code, message, ...details } = verdict.error
  throw new MillraceError(code, message, details)
}
