import type { Presence, PresenceMeta } from '@millrace/server'

/** `visitor`: of the pulse. `person`: in the chat. */
export type Kind = 'node' | 'visitor' | 'person'

/** No contract has a room with such a key. */
const room = 'census'

/** Who is there, on all nodes: each tells who is at it, and what a dead node told lapses with its lease. */
export class Census {
  readonly #presence: () => Presence
  readonly #node: string
  #told = new Map<string, PresenceMeta>()
  #isTelling = false

  /** @param node An id that no other node has. */
  constructor(presence: () => Presence, node: string) {
    this.#presence = presence
    this.#node = node
  }

  /** Tells what changed since the last call. Where that fails, the next call makes up for it; calls during another do nothing. */
  async tell(present: Readonly<Record<Kind, Iterable<string>>>): Promise<void> {
    if (this.#isTelling) return
    this.#isTelling = true
    try {
      const metas = this.#metas(present)
      for (const [id, meta] of this.#told) {
        if (metas.has(id)) continue
        await this.#presence().leave(room, meta)
        this.#told.delete(id)
      }
      for (const [id, meta] of metas) {
        if (this.#told.has(id)) continue
        await this.#presence().enter(room, meta)
        this.#told.set(id, meta)
      }
    } finally {
      this.#isTelling = false
    }
  }

  /** How many there are, each once, whichever nodes they are at. */
  async count(): Promise<Readonly<Record<Kind, number>>> {
    const users = new Set((await this.#presence().list(room)).map(({ userId }) => userId))
    const counts = { node: 0, visitor: 0, person: 0 }
    for (const user of users) {
      const [kind = ''] = user.split(' ', 1)
      if (isKind(kind)) counts[kind] += 1
    }
    return counts
  }

  #metas(present: Readonly<Record<Kind, Iterable<string>>>): Map<string, PresenceMeta> {
    const ids = Object.entries(present).flatMap(([kind, names]) => [...names].map((name) => `${kind} ${name}`))
    const rest = { metaId: this.#node, owner: this.#node, user: 'null', state: 'null' }
    return new Map(ids.map((userId) => [userId, { userId, ...rest }]))
  }
}

function isKind(kind: string): kind is Kind {
  return kind === 'node' || kind === 'visitor' || kind === 'person'
}
