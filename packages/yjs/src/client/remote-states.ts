import type { Awareness } from 'y-protocols/awareness'
import type { DocumentMember } from './document-room.ts'

interface Shown {
  readonly state: object
  /** What it was made of. */
  readonly source: unknown
  readonly user: unknown
}

/** Never outdated: the room's presence says who is here, not the time since somebody moved a cursor. */
const neverOutdated = Infinity

/**
 * Shows the members of a room as remote states of an `Awareness`, under the client ids that they say. `user` of a state is what the
 * server says of the member, whatever the state itself has there.
 */
export class RemoteStates {
  readonly #awareness: Awareness
  readonly #origin: unknown
  #shown: ReadonlyMap<number, Shown> = new Map()

  /** @param origin The third argument of the events `change` and `update`. */
  constructor(awareness: Awareness, origin: unknown) {
    this.#awareness = awareness
    this.#origin = origin
  }

  show(members: readonly DocumentMember[]): void {
    const { states, meta, clientID } = this.#awareness
    const next = statesOf(members, this.#shown)
    next.delete(clientID)
    const added: number[] = []
    const updated: number[] = []
    for (const [client, { state, source, user }] of next) {
      const before = this.#shown.get(client)
      if (before && before.source === source && before.user === user) continue
      ;(before ? updated : added).push(client)
      states.set(client, state)
      meta.set(client, { clock: (meta.get(client)?.clock ?? 0) + 1, lastUpdated: neverOutdated })
    }
    const removed = [...this.#shown.keys()].filter((client) => !next.has(client) && client !== clientID)
    for (const client of removed) states.delete(client)
    this.#shown = next
    if (added.length + updated.length + removed.length === 0) return
    this.#awareness.emit('change', [{ added, updated, removed }, this.#origin])
    this.#awareness.emit('update', [{ added, updated, removed }, this.#origin])
  }

  clear(): void {
    this.show([])
  }
}

function statesOf(members: readonly DocumentMember[], before: ReadonlyMap<number, Shown>): Map<number, Shown> {
  const states = new Map<number, Shown>()
  for (const { user, metas } of members) {
    for (const { state: source } of metas) {
      const { clientId, state } = source
      if (typeof state !== 'object' || state === null) continue
      const known = before.get(clientId)
      const same = known && known.source === source && known.user === user
      states.set(clientId, same ? known : { state: { ...state, user }, source, user })
    }
  }
  return states
}
