import { systemClock } from '@millrace/server/core'
import { jobs, type JobName, type Jobs } from './jobs.ts'
import { ownedBuffers } from './owned-buffers.ts'
import type { ToThread } from './protocol.ts'
import { Thread } from './thread.ts'

/** Bytes up to which a job is done at once: a few ms at most, where the way to a thread costs as much. */
export const maxBytesAtOnce = 64 * 1024

/**
 * The same for jobs that put structs in their places: they take time with the square of the structs where somebody wrote those for it.
 */
export const maxBuiltBytesAtOnce = 4 * 1024

const building: ReadonlySet<JobName> = new Set<JobName>(['merge', 'restore'])

function atOnce(name: JobName): number {
  return building.has(name) || name === 'survey' ? maxBuiltBytesAtOnce : maxBytesAtOnce
}

// Looks at updates and openings do not wait for a document that takes long to make.
let buildingThread: Thread | undefined
let readingThread: Thread | undefined

/**
 * Does a job over `byteLength` bytes: here where they are few, else in one of two threads that all documents of the process share.
 *
 * @param ask Called when the job begins. Any number of jobs may wait, and none of them holds a copy of a document.
 * @param signal Ends it, and rejects with its reason.
 */
export async function runJob<N extends JobName>(
  name: N,
  ask: () => Jobs[N]['ask'],
  byteLength: number,
  signal?: AbortSignal,
): Promise<Jobs[N]['answer']> {
  signal?.throwIfAborted()
  const isBuilding = building.has(name)
  if (byteLength <= atOnce(name)) return jobs[name](ask())
  const thread = isBuilding ? (buildingThread ??= new Thread(systemClock)) : (readingThread ??= new Thread(systemClock))
  const prepare = () => {
    const given = givenAway(ask())
    return { message: { name, ask: given } as ToThread, transfer: ownedBuffers(given) }
  }
  return (await thread.run(prepare, maxMsOf(byteLength), signal)) as Jobs[N]['answer']
}

/** Pieces were encoded for the job. Other bytes are copied: they belong to a document, and may be a part of more, all of which would travel. */
function givenAway(ask: object): object {
  return Object.fromEntries(
    Object.entries(ask).map(([name, value]): [string, unknown] =>
      name !== 'pieces' && value instanceof Uint8Array ? [name, new Uint8Array(value)] : [name, value],
    ),
  )
}

/** Many times what honest bytes take, the start of the thread included. */
function maxMsOf(byteLength: number): number {
  return 10_000 + 2 * Math.ceil(byteLength / 1_000)
}
