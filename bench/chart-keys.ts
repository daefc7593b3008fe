/** Names of values that change, or of series. */
export function chartKeys(count: number): string[] {
  return Array.from({ length: count }, (_, index) => `key-${index}`)
}
