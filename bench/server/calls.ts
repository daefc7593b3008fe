/** Where a server under test listens. */
export interface Address {
  readonly port: number
  /** A plain TCP port: each byte asks for so many publishes in one tick. */
  readonly controlPort: number
}

/** What a server process answers. */
export type ServerCalls = {
  readonly address: { readonly input: undefined; readonly output: Address }
  /** User and system time of the whole process so far, collector threads included, microseconds. */
  readonly cpuMicros: { readonly input: undefined; readonly output: number }
  readonly collectGarbage: { readonly input: undefined; readonly output: void }
  /** Resident bytes once collecting garbage gains nothing any more. */
  readonly settledRssBytes: { readonly input: undefined; readonly output: number }
  readonly startProfile: { readonly input: undefined; readonly output: void }
  /** Writes the profile since `startProfile` to a file of that name. */
  readonly stopProfile: { readonly input: string; readonly output: void }
}
