/** Of injected faults; of a node of a pair, which does not wait for its handlers when it is stopped; of a Redis of tests. */
const meant = ['as the test wished', 'this store is closed', 'the room was closed meanwhile', 'keeps nothing on disk']

export function isMeant(error: unknown): boolean {
  if (error instanceof AggregateError) return error.errors.every(isMeant)
  if (!(error instanceof Error)) return false
  return meant.some((message) => error.message.includes(message)) || isMeant(error.cause)
}

export function describeError(error: unknown): string {
  return error instanceof Error ? (error.stack ?? error.message) : String(error)
}
