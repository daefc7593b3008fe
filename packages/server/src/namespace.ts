import { defaultHistory, fingerprint } from '@millrace/contract'
import type { Contract, EventEntry, HistoryLimits, RequestEntry, RoomEntry, SeriesEntry } from '@millrace/contract'
import type { Implementation, LooseHandler, LooseRoomHandlers } from './implement.ts'
import type { Middleware } from './pipeline/middleware.ts'

/** A request with its handler and everything that runs around it. */
export interface Operation {
  readonly name: string
  readonly entry: RequestEntry
  readonly handler: LooseHandler
  readonly middleware: readonly Middleware[]
}

/** A room entry of a contract with its handlers. */
export interface RoomKind {
  readonly namespace: Namespace
  readonly name: string
  readonly entry: RoomEntry
  readonly version: number
  readonly handlers: LooseRoomHandlers
  readonly events: ReadonlyMap<string, EventEntry>
  readonly series: ReadonlyMap<string, SeriesEntry>
  readonly requests: ReadonlyMap<string, Operation>
  readonly middleware: readonly Middleware[]
  readonly history: HistoryLimits
  readonly flushMs: number
  readonly hasState: boolean
  readonly hasVolatile: boolean
}

/** A mounted contract. */
export class Namespace {
  readonly name: string
  readonly fingerprint: string
  readonly events: ReadonlyMap<string, EventEntry>
  readonly questions: ReadonlyMap<string, RequestEntry>
  readonly requests: ReadonlyMap<string, Operation>
  readonly rooms: ReadonlyMap<string, RoomKind>
  readonly handlers: Implementation['handlers']
  readonly middleware: readonly Middleware[]

  constructor(implementation: Implementation, serverMiddleware: readonly Middleware[]) {
    const { contract, handlers } = implementation
    this.name = contract.namespace
    this.fingerprint = fingerprint(contract)
    this.handlers = handlers
    this.middleware = [...serverMiddleware, ...(handlers.use ?? [])]
    this.events = new Map(Object.entries(contract.events ?? {}))
    this.questions = new Map(Object.entries(contract.questions ?? {}))
    this.requests = operations(contract.requests, handlers.requests, this.middleware)
    this.rooms = new Map(
      Object.entries(contract.rooms ?? {}).map(([name, entry]) => [name, this.#roomKind(name, entry, contract)]),
    )
  }

  #roomKind(name: string, entry: RoomEntry, contract: Contract): RoomKind {
    const handlers = this.handlers.rooms?.[name]
    if (handlers === undefined)
      throw new Error(`${contract.namespace} has no handlers for room "${name}"; add them to implement()`)
    if (entry.snapshot && !handlers.snapshot)
      throw new Error(`room "${name}" declares a snapshot; add a snapshot handler`)
    const events = new Map(Object.entries(entry.events ?? {}))
    const deliveries = new Set([...events.values()].flatMap((event) => (event.to === 'server' ? [] : event.delivery)))
    const middleware = [...this.middleware, ...(handlers.use ?? [])]
    return {
      namespace: this,
      name,
      entry,
      version: entry.version ?? 1,
      handlers,
      events,
      series: new Map(Object.entries(entry.series ?? {})),
      requests: operations(entry.requests, handlers.requests, middleware),
      middleware,
      history: { ...defaultHistory, ...entry.history },
      flushMs: entry.flushMs ?? 0,
      hasState: deliveries.has('latest'),
      hasVolatile: deliveries.has('volatile'),
    }
  }
}

function operations(
  entries: Readonly<Record<string, RequestEntry>> = {},
  handlers: Readonly<Record<string, LooseHandler>> = {},
  middleware: readonly Middleware[],
): ReadonlyMap<string, Operation> {
  const all = Object.entries(entries).map(([name, entry]): [string, Operation] => {
    const handler = handlers[name]
    if (handler === undefined) throw new Error(`request "${name}" has no handler; add it to implement()`)
    return [name, { name, entry, handler, middleware }]
  })
  return new Map(all)
}
