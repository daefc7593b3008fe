import type { EventEntry, RequestEntry, RoomEntry } from './entries.ts'
import { entryNameFault } from './names.ts'

export interface Contract {
  /** A Socket.IO namespace, for example `/chat`. */
  readonly namespace: string
  /** What a client asks the server. */
  readonly requests?: Readonly<Record<string, RequestEntry>>
  /** What the server asks one connection. */
  readonly questions?: Readonly<Record<string, RequestEntry>>
  /** What the server tells one connection, or all of one user. */
  readonly events?: Readonly<Record<string, EventEntry>>
  readonly rooms?: Readonly<Record<string, RoomEntry>>
}

/**
 * Checks the names of a contract and returns it as it is, with its exact types.
 *
 * @throws Error where a name is reserved or malformed, or where two entries would share a name on the wire. It is thrown
 *   while the module loads, so that a broken contract never serves.
 */
export function defineContract<const C extends Contract>(contract: C): C {
  if (!/^\/[\w/.-]{0,63}$/.test(contract.namespace)) {
    throw new Error(`the namespace "${contract.namespace}" must begin with / and hold at most 63 of A-Z a-z 0-9 _ . - /`)
  }
  checkNames('request', Object.keys(contract.requests ?? {}))
  checkNames('event', Object.keys(contract.events ?? {}))
  checkNames('question', Object.keys(contract.questions ?? {}))
  checkNames('room', Object.keys(contract.rooms ?? {}))
  checkDisjoint('the namespace', contract.events, contract.questions)
  for (const [name, entry] of Object.entries(contract.rooms ?? {})) {
    checkNames(`event of room ${name}`, Object.keys(entry.events ?? {}))
    checkNames(`request of room ${name}`, Object.keys(entry.requests ?? {}))
    checkDisjoint(`room ${name}`, entry.events, entry.requests)
    if (entry.flushMs !== undefined && !(entry.flushMs >= 0 && entry.flushMs <= 10_000)) {
      throw new Error(`flushMs of room ${name} must be 0 to 10000 ms`)
    }
  }
  return contract
}

function checkNames(what: string, names: readonly string[]): void {
  for (const name of names) {
    const fault = entryNameFault(name)
    if (fault) throw new Error(`the ${what} "${name}" ${fault}; choose another name`)
  }
}

/** A member's publish and a request look alike on the wire, and so do an event and a question. */
function checkDisjoint(where: string, left: object = {}, right: object = {}): void {
  for (const name of Object.keys(left)) {
    if (Object.hasOwn(right, name)) throw new Error(`"${name}" is declared twice in ${where}; rename one of the two`)
  }
}
