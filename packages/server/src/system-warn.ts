/** Where faults go that nobody listens for. */
export function warn(error: unknown): void {
  process.emitWarning(error instanceof Error ? error : String(error))
}
