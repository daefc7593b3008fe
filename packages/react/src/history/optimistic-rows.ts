import type { KeptRequest } from '@millrace/client/outbox'
import { isEqual } from './is-equal.ts'
import type { Row } from './row.ts'

type Rows = readonly Row<unknown>[]

export interface Overlay {
  readonly rows: Rows
  /** Keys of requests whose rows are there already. */
  readonly keys: ReadonlySet<string>
  /** Those of the room, in order. */
  readonly requests: readonly KeptRequest[]
  readonly optimistic: ((rows: Row<unknown>[], request: KeptRequest) => Rows) | undefined
}

/** The rows as they will be when what waits has its answer. */
export function optimisticRows({ rows, keys, requests, optimistic }: Overlay): Rows {
  if (!optimistic || requests.length === 0) return rows
  const ids = new Set(rows.map(({ id }) => id))
  const waiting = requests.filter(({ key }) => !keys.has(key) && !ids.has(key))
  return waiting.reduce((shown, request) => optimistic([...shown], request), rows)
}

/** Gives each list with the rows of the list before it wherever they are equal, and that list where all are. */
export function createKeeper(): (stored: Rows, next: Rows) => Rows {
  let before: Rows = []
  return (stored, next) => {
    if (next === stored) return (before = next)
    const made = new Map(before.filter(({ state }) => state !== 'stored').map((row) => [row.id, row]))
    const kept = next.map((row) => {
      const old = made.get(row.id)
      return old && isSameRow(old, row) ? old : row
    })
    const isSame = kept.length === before.length && kept.every((row, index) => row === before[index])
    return isSame ? before : (before = kept)
  }
}

/** Stored rows keep their identity by themselves; what an optimistic change makes anew is compared by its parts. */
function isSameRow(a: Row<unknown>, b: Row<unknown>): boolean {
  if (a === b) return true
  return a.state === b.state && a.request === b.request && (a.value === b.value || isEqual(a.value, b.value))
}
