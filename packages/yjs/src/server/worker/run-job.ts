import { systemClock } from '@millrace/server/core'
import { jobs, type JobName, type Jobs } from './jobs.ts'
import { ownedBuffers } from './owned-buffers.ts'
import type { ToThread } from './protocol.ts'
import { Thread } from './thread.ts'

/** Bytes up to which a job is done at once: a few ms at most, where the way to a thread costs as much. */
export const maxBytesAtOnce = 64 * 1024

let thread: Thread | undefined

/** Does a job over `byteLength` bytes: here where they are few, else in the thread that all documents of the process share. */
export async function runJob<N extends JobName>(
  name: N,
  ask: Jobs[N]['ask'],
  byteLength: number,
): Promise<Jobs[N]['answer']> {
  if (byteLength <= maxBytesAtOnce) return jobs[name](ask)
  thread ??= new Thread(systemClock)
  // Pieces were encoded for this; everything else may be a part of what a document consists of.
  const transfer = 'pieces' in ask ? ownedBuffers(ask.pieces) : []
  return (await thread.run({ name, ask } as ToThread, transfer)) as Jobs[N]['answer']
}
