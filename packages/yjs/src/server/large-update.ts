import { decodeClocks, type Clocks } from './clocks.ts'
import { maxBytesAtOnce, runJob } from './worker/run-job.ts'

/** Whether the event loop would wait for it to be read. */
export function isLarge({ byteLength }: Uint8Array): boolean {
  return byteLength > maxBytesAtOnce
}

/** As `clocksOf`, in the thread. */
export async function clocksOfLarge(update: Uint8Array): Promise<Clocks> {
  return decodeClocks(await runJob('clocks', { update }, update.byteLength))
}
