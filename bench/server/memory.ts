/** Below this share a further collection counts as having gained nothing. */
const settledShare = 0.001
/** More collections than were ever needed. */
const maxCollections = 40

/** How often the process is looked at until it rests, and the CPU time in between that counts as rest, ms. */
const [lookMs, restMs] = [20, 1]
/** More looks than were ever needed. */
const maxLooks = 100

/** Collects, and waits until the collector's own threads are done with it: they would be counted with what is measured next. */
export async function collectGarbage(): Promise<void> {
  collect()
  for (let look = 0; look < maxLooks; look++) {
    const before = process.cpuUsage()
    await new Promise((resolve) => setTimeout(resolve, lookMs))
    const { user, system } = process.cpuUsage(before)
    if (user + system < restMs * 1_000) return
  }
}

function collect(): void {
  if (!globalThis.gc) throw new Error('the bench needs the collector; start the server with --expose-gc')
  globalThis.gc()
}

/** Collects until three readings in a row agree: finalizers and pages that are given back follow a collection late. */
export async function settledRssBytes(): Promise<number> {
  let last = 0
  let agreeing = 0
  for (let count = 0; count < maxCollections && agreeing < 3; count++) {
    collect()
    await new Promise((resolve) => setImmediate(resolve))
    const rss = process.memoryUsage.rss()
    agreeing = Math.abs(rss - last) < last * settledShare ? agreeing + 1 : 0
    last = rss
  }
  return last
}
