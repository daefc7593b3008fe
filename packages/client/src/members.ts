import type { WirePresenceUpdate } from '@millrace/contract'

/** One user in a room, with a meta for each of the user's connections. */
export interface Member<User = unknown, State = unknown> {
  readonly id: string
  readonly user: User
  readonly metas: readonly { readonly id: string; readonly state: State }[]
}

/** Who is in a room, as far as the client was told. */
export class Members {
  readonly #byId = new Map<string, Member>()
  #count = 0

  /** Users in the room; larger than the list where the server tells only some. */
  get count(): number {
    return this.#count
  }

  list(): readonly Member[] {
    return [...this.#byId.values()]
  }

  /** @returns Ids of users who are gone from the list. */
  apply(update: Pick<WirePresenceUpdate, 'kind' | 'count' | 'left'>, members: readonly Member[]): readonly string[] {
    const staying = new Set(members.map(({ id }) => id))
    const left = update.kind === 'replace' ? [...this.#byId.keys()].filter((id) => !staying.has(id)) : (update.left ?? [])
    const gone = left.filter((id) => this.#byId.delete(id))
    for (const member of members) this.#byId.set(member.id, member)
    this.#count = update.count
    return gone
  }

  clear(): void {
    this.#byId.clear()
    this.#count = 0
  }
}
