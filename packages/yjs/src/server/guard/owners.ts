import { fail, type MillraceError } from '@millrace/contract'

/** Client ids that one user keeps in a document: as many replicas may be offline and still bring their edits. */
export const mostIdsPerUser = 1_000
/** Client ids of all users of a document. */
export const mostIds = 65_536

/**
 * Client ids in a document up to which a user with `mostIdsPerUser` that wrote gets further ones: a quarter. An id that wrote is in the
 * document for ever, also where its user gave it up: one user would take them all.
 */
export const mostIdsForAll = 16_384

/** The user of what the server itself writes. */
export const serverUser = ''

export type Claim =
  | { readonly kind: 'held' }
  /** `owners` is what the store must hold before the update is appended. */
  | { readonly kind: 'claimed'; readonly owners: Owners }
  | { readonly kind: 'refused'; readonly error: MillraceError }

/**
 * To whom the client ids of a document belong; an immutable value. An id is its first user's. Above `mostIdsPerUser` the oldest ids of
 * that user go, those first that never wrote; above `mostIds` those of whoever has most. An id that wrote and has gone is nobody's for
 * ever: a replica that still uses it must take a new one.
 */
export class Owners {
  static readonly none = new Owners(new Map())

  /** Of each user its ids, the oldest first. */
  readonly idsOf: ReadonlyMap<string, readonly number[]>
  readonly #userOf: ReadonlyMap<number, string>

  constructor(idsOf: ReadonlyMap<string, readonly number[]>) {
    this.idsOf = idsOf
    const userOf = new Map<number, string>()
    for (const [user, ids] of idsOf) for (const id of ids) userOf.set(id, user)
    this.#userOf = userOf
  }

  get size(): number {
    return this.#userOf.size
  }

  ownerOf(client: number): string | undefined {
    return this.#userOf.get(client)
  }

  /** Costs a look per id where all are held, else a copy of the table. `known`: the document's state vector. */
  claim(user: string, clients: Iterable<number>, known: ReadonlyMap<number, number>): Claim {
    let fresh: Set<number> | undefined
    for (const client of clients) {
      const owner = this.#userOf.get(client)
      if (owner === user) continue
      if (owner !== undefined || known.has(client)) return { kind: 'refused', error: notYours(client) }
      fresh ??= new Set()
      fresh.add(client)
      if (fresh.size > mostIdsPerUser) return { kind: 'refused', error: tooMany() }
    }
    if (!fresh) return { kind: 'held' }
    if (known.size + fresh.size > mostIdsForAll) {
      const wrote = (this.idsOf.get(user) ?? []).filter((id) => known.has(id)).length
      if (wrote + fresh.size > mostIdsPerUser) return { kind: 'refused', error: usedUp(known.size) }
    }
    const idsOf = new Map(this.idsOf)
    idsOf.set(user, newest([...(idsOf.get(user) ?? []), ...fresh], mostIdsPerUser, fresh, known))
    let size = 0
    for (const ids of idsOf.values()) size += ids.length
    if (size > mostIds) {
      const [most, ids] = greatest(idsOf)
      idsOf.set(most, newest(ids, ids.length - (size - mostIds), fresh, known))
    }
    return { kind: 'claimed', owners: new Owners(idsOf) }
  }
}

/** `most` of `ids`: `kept` for certain, then what wrote, then what is new. */
function newest(
  ids: readonly number[],
  most: number,
  kept: ReadonlySet<number>,
  known: ReadonlyMap<number, number>,
): number[] {
  let surplus = ids.length - most
  if (surplus <= 0) return [...ids]
  const dropped = new Set<number>()
  for (const wrote of [false, true]) {
    for (const id of ids) {
      if (surplus === 0) break
      if (kept.has(id) || known.has(id) !== wrote) continue
      dropped.add(id)
      surplus--
    }
  }
  return ids.filter((id) => !dropped.has(id))
}

function greatest(idsOf: ReadonlyMap<string, readonly number[]>): [string, readonly number[]] {
  let found: [string, readonly number[]] = [serverUser, []]
  for (const entry of idsOf) if (entry[1].length > found[1].length) found = entry
  return found
}

function notYours(client: number): MillraceError {
  return fail('FORBIDDEN', `client id ${client} of this document is another user's, or was given up; take a new one`)
}

function tooMany(): MillraceError {
  return fail(
    'FORBIDDEN',
    `an update may have ${mostIdsPerUser} new client ids at most; merge fewer replicas at a time`,
  )
}

function usedUp(size: number): MillraceError {
  return fail(
    'PAYLOAD_TOO_LARGE',
    `you wrote under ${mostIdsPerUser} client ids in this document, which has ${size}; go on in a new one with its content`,
  )
}
