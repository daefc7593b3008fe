import type { ClusterRecord, OracleRecord } from '@millrace/testing'

type WithoutTime<R> = R extends ClusterRecord ? Omit<R, 'at'> : never

/** What everybody saw, in one order and on one clock. */
export class Journal {
  #records: OracleRecord[] = []
  #cluster: ClusterRecord[] = []

  get records(): readonly OracleRecord[] {
    return this.#records
  }

  get cluster(): readonly ClusterRecord[] {
    return this.#cluster
  }

  say(record: OracleRecord): void {
    this.#records.push(record)
  }

  tell(record: WithoutTime<ClusterRecord>): void {
    this.#cluster.push({ ...record, at: performance.now() } as ClusterRecord)
  }

  /** The store is about to lose data: said before it does, so that all that follows from it comes later. */
  lose(cause: 'erased' | 'restored', rooms: readonly string[]): void {
    for (const room of rooms) this.say({ actor: 'operator', room, type: 'loss', cause })
  }

  /** Forgets the runs before, except which processes run. */
  begin(): void {
    this.#records = []
    const starts = this.#cluster.filter(({ type }) => type === 'start')
    this.#cluster = starts.filter(
      (start) =>
        starts.findLast((other) => 'actor' in other && 'actor' in start && other.actor === start.actor) === start,
    )
  }
}
