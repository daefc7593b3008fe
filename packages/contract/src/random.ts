/** Randomness as the core sees it; seeded in tests. */
export interface Random {
  /** Uniform in [0, 1). */
  fraction(): number
  /** 64 random bits as 11 characters of base64url. */
  id(): string
}
