export interface Revocation {
  readonly userId: string
  /** Of the newest revocation of this user. */
  readonly version: number
}

export interface RevocationNews {
  /** Of the newest revocation of all; 0 where there was none. */
  readonly version: number
  /** Those after the version asked for, one entry per user. */
  readonly users: readonly Revocation[]
  /** The newest version that the store no longer has in its list; 0 where it has all. */
  readonly forgotten: number
}

/** Which users' sessions were revoked, and in which order. Kept for an hour at least, for 10,000 users at most. */
export interface Revocations {
  /**
   * Stores one revocation.
   *
   * @returns Its version: larger than that of every revocation before it, those that the store forgot included.
   */
  add(userId: string): Promise<number>
  /** What was revoked after `version`. Without it: only how the store stands. */
  since(version?: number): Promise<RevocationNews>
}

/** For how long a revocation is listed, ms. */
export const revocationKeptMs = 3_600_000

/** Above it the oldest revocations go, however young they are. */
export const maxRevocations = 10_000
