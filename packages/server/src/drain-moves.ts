import { closeReason } from '@millrace/contract'
import type { Connection } from './connection/connection.ts'
import { batchMs, perBatch, sizeOfBatch, spread } from './drain-pace.ts'
import type { Node } from './node.ts'
import { pause } from './within.ts'

export interface MoveOptions {
  readonly overMs: number | undefined
  readonly answerWaitMs: number
}

/** One whose turn has come. */
interface Leaving {
  readonly connection: Connection
  /** Monotonic ms. */
  readonly deadline: number
}

/**
 * Moves every connection of a node that takes no new ones: those whose turn has come and whose answers are out, never more
 * at once than the pace allows. Who waits for an answer is moved in a later batch.
 */
export async function moveClients(node: Node, options: MoveOptions, signal: AbortSignal): Promise<void> {
  const { clock, connections, flusher, random } = node
  const staying = connections.all()
  const mean = perBatch(staying.length, options.overMs)
  const isReady = ({ connection, deadline }: Leaving): boolean =>
    !connection.hasPendingRequests || clock.monotonic() >= deadline
  let leaving: readonly Leaving[] = []
  for (let batch = 0; staying.length + leaving.length > 0 && !signal.aborted; batch++) {
    const size = sizeOfBatch(mean, batch)
    const deadline = clock.monotonic() + options.answerWaitMs
    const next = staying.splice(0, size).filter(({ isClosed }) => !isClosed)
    for (const connection of next) connection.takesNoMore = true
    leaving = leaving.filter(({ connection }) => !connection.isClosed)
    leaving = [...leaving, ...next.map((connection) => ({ connection, deadline }))]
    const moving = new Set(leaving.filter(isReady).slice(0, size))
    leaving = leaving.filter((one) => !moving.has(one))
    flusher.flushAll()
    const pauses = spread(moving.size, random)
    ;[...moving].forEach(({ connection }, index) => connection.move(closeReason('SHUTDOWN', pauses[index])))
    await pause(clock, batchMs, signal)
  }
}
