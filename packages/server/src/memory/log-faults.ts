/**
 * What happens to the log of a store in bad times, for tests. Each log implements it under the `logFaults` symbol,
 * because no application may call it.
 */
export interface LogFaults {
  /** Trims the room to its newest entries. */
  trim(room: string, keepEvents: number): Promise<void>
  /**
   * What a store restored from an older copy looks like: the entries after `toOffset` and their keys are gone, the epoch
   * is the same, and new entries get the same offsets with other ids. An offset before the floor means the floor.
   */
  rewind(room: string, toOffset: number): Promise<void>
}

export const logFaults: unique symbol = Symbol.for('@millrace/server/log-faults')
