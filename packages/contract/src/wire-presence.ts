/** One user in a room, with a meta for each of the user's connections. */
export interface WireMember {
  readonly id: string
  readonly user: unknown
  readonly metas: readonly { readonly id: string; readonly state: unknown }[]
}

export interface WirePresenceUpdate {
  /** `replace`: these are all that the client is told of; `count` may be larger. */
  readonly kind: 'change' | 'replace'
  /** Users in the room. */
  readonly count: number
  /** Users that came or changed. */
  readonly members: readonly WireMember[]
  /** Ids of users that left. */
  readonly left?: readonly string[]
}

/** `~presence`, server to client. */
export interface WirePresence extends WirePresenceUpdate {
  readonly room: number
}

/** `~presence`, client to server: what this connection says of itself from now on. */
export interface WirePresenceChange {
  readonly room: number
  readonly state: unknown
}
