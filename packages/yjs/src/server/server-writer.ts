import type { Random } from '@millrace/contract'

/** Documents that this process wrote to last. One that is forgotten is written to under another client id. */
const mostWriters = 10_000

/** The client id under which this process writes to one document, one edit after another. */
export class ServerWriter {
  readonly #random: Random
  #clientId: number | undefined
  #turn: Promise<unknown> = Promise.resolve()

  constructor(random: Random) {
    this.#random = random
  }

  /** What it rejects with may have written something: the next edit takes another client id. */
  run<T>(edit: (clientId: number) => Promise<T>): Promise<T> {
    const turn = this.#turn.then(async () => {
      const clientId = (this.#clientId ??= Math.floor(this.#random.fraction() * 2 ** 32))
      this.#clientId = undefined
      const result = await edit(clientId)
      this.#clientId = clientId
      return result
    })
    this.#turn = turn.catch(() => undefined) // whoever edits is told
    return turn
  }
}

const writersOfNodes = new WeakMap<object, Map<string, ServerWriter>>()

export function writerOf(room: { readonly node: object; readonly key: string }, random: Random): ServerWriter {
  const writers = writersOfNodes.get(room.node) ?? new Map<string, ServerWriter>()
  writersOfNodes.set(room.node, writers)
  const writer = writers.get(room.key) ?? new ServerWriter(random)
  writers.delete(room.key) // the last used stands last
  writers.set(room.key, writer)
  const [oldest] = writers.keys()
  if (writers.size > mostWriters && oldest !== undefined) writers.delete(oldest)
  return writer
}
