export interface User {
  readonly id: string
  readonly name: string
}

/** More than any scenario connects at once. */
const userCount = 40_000

/** Every contender pays the same for authentication: one look-up. */
export const usersByToken: ReadonlyMap<string, User> = new Map(
  Array.from({ length: userCount }, (_, index) => [tokenOf(index), { id: `user-${index}`, name: `User ${index}` }]),
)

export function tokenOf(index: number): string {
  return `token-${String(index).padStart(6, '0')}-5f2b8c1d9e7a4036`
}
