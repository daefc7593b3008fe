/** A place in the history of a room's keyed state. */
export interface StatePosition {
  readonly epoch: string
  readonly version: number
  readonly id: string
}

/** A value of keyed state: versioned event name, key, payload; without the payload the key was removed. */
export type WireStateValue =
  | readonly [name: string, key: string, payload: unknown]
  | readonly [name: string, key: string]

export interface WireStateUpdate extends StatePosition {
  /** `replace`: forget every value, these are all. */
  readonly kind: 'change' | 'replace'
  readonly values: readonly WireStateValue[]
}

/** `~state` */
export interface WireState extends WireStateUpdate {
  readonly room: number
}
