/** Below this share a further collection counts as having gained nothing. */
const settledShare = 0.001
/** More collections than were ever needed. */
const maxCollections = 40

export function collectGarbage(): void {
  if (!globalThis.gc) throw new Error('the bench needs the collector; start the server with --expose-gc')
  globalThis.gc()
}

/** Collects until three readings in a row agree: finalizers and pages that are given back follow a collection late. */
export async function settledRssBytes(): Promise<number> {
  let last = 0
  let agreeing = 0
  for (let count = 0; count < maxCollections && agreeing < 3; count++) {
    collectGarbage()
    await new Promise((resolve) => setImmediate(resolve))
    const rss = process.memoryUsage.rss()
    agreeing = Math.abs(rss - last) < last * settledShare ? agreeing + 1 : 0
    last = rss
  }
  return last
}
