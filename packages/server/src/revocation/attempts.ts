/** An authentication under way. */
export interface Attempt {
  /** How often revocations had been heard when it began. */
  readonly began: number
}

/** Who is revoked while he authenticates: nobody knows yet who it is, so what is heard meanwhile is kept until he is named. */
export class Attempts {
  /** The oldest first. */
  readonly #underWay = new Set<Attempt>()
  /** When each user was heard of last; the oldest first. */
  readonly #revoked = new Map<string, number>()
  #everybody = 0
  #heard = 0

  begin(): Attempt {
    const attempt = { began: this.#heard }
    this.#underWay.add(attempt)
    return attempt
  }

  end(attempt: Attempt): void {
    this.#underWay.delete(attempt)
    const [oldest] = this.#underWay
    for (const [userId, heard] of this.#revoked) {
      if (oldest !== undefined && heard > oldest.began) break
      this.#revoked.delete(userId)
    }
  }

  revoke(users: Iterable<string>): void {
    this.#heard++
    if (this.#underWay.size === 0) return
    for (const userId of users) {
      this.#revoked.delete(userId)
      this.#revoked.set(userId, this.#heard)
    }
  }

  revokeEverybody(): void {
    this.#everybody = ++this.#heard
  }

  isRevoked(attempt: Attempt, userId: string): boolean {
    return Math.max(this.#everybody, this.#revoked.get(userId) ?? 0) > attempt.began
  }
}
