import { maxRevocations, type Revocation, type RevocationNews } from '../ports/revocations.ts'

/** Longer than every node needs to read the list, ms. */
const rememberedMs = 60_000

interface Made extends Revocation {
  /** Monotonic ms. */
  readonly at: number
}

/** The revocations that this node made within the last minute: a store may lose what it has acknowledged. */
export class OwnRevocations {
  /** By user, the oldest first. */
  readonly #made = new Map<string, Made>()

  add(userId: string, version: number, at: number): void {
    this.#made.delete(userId)
    this.#made.set(userId, { userId, version, at })
    const [oldest] = this.#made.keys()
    if (oldest !== undefined && this.#made.size > maxRevocations) this.#made.delete(oldest)
  }

  /** By version. A list that is read from now on has them. */
  recent(now: number): readonly Revocation[] {
    for (const { userId, at } of this.#made.values()) if (now - at > rememberedMs) this.#made.delete(userId)
    return [...this.#made.values()].toSorted((one, other) => one.version - other.version)
  }
}

/** Those of `made` that the list, which was read from before them on, should have and has not. */
export function lostIn({ users, forgotten }: RevocationNews, made: readonly Revocation[]): readonly string[] {
  const listed = new Map(users.map(({ userId, version }) => [userId, version]))
  const lost = made.filter(({ userId, version }) => version > forgotten && (listed.get(userId) ?? 0) < version)
  return lost.map(({ userId }) => userId)
}
