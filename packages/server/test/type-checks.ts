/** Compiles only where the two types are the same, `any` told apart from everything else. */
export type Same<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false

export type IsAny<T> = 0 extends 1 & T ? true : false

/** Takes types that are `true` and nothing else. */
export function check<_True extends true>(): void {
  return undefined
}
