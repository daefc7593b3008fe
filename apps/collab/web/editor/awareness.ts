/** Client ids. */
export interface AwarenessChange {
  readonly added: readonly number[]
  readonly updated: readonly number[]
  readonly removed: readonly number[]
}

/** What the editor needs of y-protocols' `Awareness`, whose own types say less. */
export interface Awareness {
  readonly clientID: number
  getStates(): ReadonlyMap<number, Readonly<Record<string, unknown>>>
  getLocalState(): Readonly<Record<string, unknown>> | null
  setLocalStateField(name: string, value: unknown): void
  on(name: 'change', listener: (change: AwarenessChange) => void): void
  off(name: 'change', listener: (change: AwarenessChange) => void): void
}
