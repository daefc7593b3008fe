/** What is held by one holder at a time, by name. */
export interface Singletons {
  /**
   * Takes what nobody holds, or holds on to it; for `forMs` from the moment at which the store does it, in the store's time.
   *
   * @returns False: somebody else holds it.
   */
  hold(name: string, holder: string, forMs: number): Promise<boolean>
  /** Does nothing where somebody else holds it. */
  release(name: string, holder: string): Promise<void>
}
