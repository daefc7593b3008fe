import { fail, type Clock } from '@millrace/contract'

export interface Connection {
  readonly signal: AbortSignal
  taken(): Promise<void>
}

/** The last turn of each connection. */
const turns = new WeakMap<AbortSignal, Promise<unknown>>()

/**
 * Makes an answer of any size when the connection has taken those before it, in whichever rooms: else one that asks and never reads could
 * have a thousand documents waiting in memory.
 *
 * @throws MillraceError DISCONNECTED where the connection has ended.
 */
export function answerInTurn<T>(connection: Connection, clock: Clock, make: () => Promise<T>): Promise<T> {
  const { signal } = connection
  const before = turns.get(signal) ?? Promise.resolve()
  const turn = before.then(async () => {
    await connection.taken()
    if (signal.aborted) throw fail('DISCONNECTED', 'the connection ended before it took its answer')
    return make()
  })
  // The answer is written right after it was made; only then can be seen whether it was taken.
  const written = () => new Promise<void>((resolve) => clock.defer(resolve))
  turns.set(signal, turn.then(written, written))
  return turn
}
