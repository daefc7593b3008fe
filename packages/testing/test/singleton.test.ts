import type { Clock } from '@millrace/contract'
import type { SingletonContext, Store } from '@millrace/server'
import { createServer } from '@millrace/server'
import { Singleton } from '@millrace/server/core'
import { createPair, type Pair } from '@millrace/testing'
import { describe, expect, it } from 'vitest'

interface Run extends SingletonContext {
  readonly node: number
  end(): void
  fail(error: unknown): void
}

/** What runs on the nodes of a pair; each run lasts until a test ends it, or its signal is aborted. */
function runsOn(pair: Pair, { heedsSignal = true } = {}) {
  const runs: Run[] = []
  const start = (node: number): Singleton => {
    const { clock, random, store, report } = pair.node(node)
    return new Singleton({ clock, random, singletons: store.singletons, report }, 'market', (context) => {
      return new Promise<void>((end, fail) => {
        runs.push({ ...context, node, end, fail })
        if (heedsSignal) context.signal.addEventListener('abort', () => end())
      })
    })
  }
  const trusted = (): Run[] => runs.filter(({ signal }) => !signal.aborted)
  return { runs, start, trusted }
}

/** A store whose holds fail, or are never answered, while a test says so. */
function troubledHolds() {
  const trouble: { kind: 'none' | 'refused' | 'silent' | 'late'; node: number; lateMs: number; clock?: Clock } = {
    kind: 'none',
    node: -1,
    lateMs: 0,
  }
  let opened = 0
  const wrapStore = (store: Store): Store => {
    const node = opened++
    const { singletons } = store
    return {
      ...store,
      singletons: {
        release: (name, holder) => singletons.release(name, holder),
        hold: (name, holder, forMs) => {
          if (trouble.node !== node || trouble.kind === 'none') return singletons.hold(name, holder, forMs)
          if (trouble.kind === 'late')
            return new Promise((resolve, reject) => {
              trouble.clock?.after(trouble.lateMs, () => {
                singletons.hold(name, holder, forMs).then(resolve, reject)
              })
            })
          return trouble.kind === 'silent' ? new Promise(() => {}) : Promise.reject(new Error('no answer'))
        },
      },
    }
  }
  return { trouble, wrapStore }
}

describe('a singleton', () => {
  it('[SNG10] runs on one of three nodes, as long as that lives', async () => {
    await using pair = await createPair({ implementations: [], nodes: 3 })
    const { runs, start } = runsOn(pair)
    const all = [0, 1, 2].map(start)
    await pair.run(120_000)
    expect([runs.length, runs[0]?.signal.aborted, runs[0]?.isHeld()]).toEqual([1, false, true])
    await Promise.all([pair.run(1_000), ...all.map((one) => one.stop())])
    expect(runs[0]?.signal.aborted).toBe(true)
    expect(pair.errors).toEqual([])
  })

  for (const kind of ['refused', 'silent'] as const)
    it(`[SNG10, SNG11] lets go 7 s after the last confirmed renewal, before another begins, where the store is ${kind}`, async () => {
      const { trouble, wrapStore } = troubledHolds()
      await using pair = await createPair({ implementations: [], nodes: 2, wrapStore })
      const { runs, start, trusted } = runsOn(pair)
      start(0)
      await pair.settle()
      start(1)
      await pair.run(6_000)
      Object.assign(trouble, { kind, node: 0 })
      await pair.run(6_999)
      expect([runs.length, runs[0]?.isHeld()]).toEqual([1, true])
      await pair.run(1)
      expect([runs[0]?.signal.aborted, runs[0]?.isHeld()]).toEqual([true, false])
      for (let second = 0; second < 15; second++) {
        await pair.run(1_000)
        expect(trusted().length).toBeLessThanOrEqual(1)
      }
      expect(trusted().map(({ node }) => node)).toEqual([1])
    })

  it('[SNG11] counts from where it asked, not from the answer', async () => {
    const { trouble, wrapStore } = troubledHolds()
    await using pair = await createPair({ implementations: [], wrapStore })
    const { runs, start } = runsOn(pair)
    Object.assign(trouble, { kind: 'late', node: 0, lateMs: 2_500, clock: pair.clock })
    start(0)
    await pair.run(2_500) // asked at 0, answered now; asked again at 3,000
    expect(runs.map(({ signal }) => signal.aborted)).toEqual([false])
    await pair.run(3_000)
    Object.assign(trouble, { kind: 'silent' })
    await pair.run(4_499)
    expect(runs[0]?.isHeld()).toBe(true)
    await pair.run(1)
    expect([runs.length, runs[0]?.isHeld()]).toEqual([1, false])
  })

  it('[SNG11] does not begin on an answer that comes after 7 s', async () => {
    const { trouble, wrapStore } = troubledHolds()
    await using pair = await createPair({ implementations: [], wrapStore })
    const { runs, start } = runsOn(pair)
    Object.assign(trouble, { kind: 'late', node: 0, lateMs: 7_000, clock: pair.clock })
    start(0)
    await pair.run(8_000)
    expect(runs).toEqual([])
    Object.assign(trouble, { kind: 'none' })
    await pair.run(10_000)
    expect(runs).toHaveLength(1)
  })

  it('[SNG11] lets go at once where the store says that somebody else holds it', async () => {
    await using pair = await createPair({ implementations: [], nodes: 2 })
    const { runs, start } = runsOn(pair)
    start(0)
    await pair.settle()
    const { singletons } = pair.node(0).store
    const stolen: Store['singletons'] = { hold: async () => false, release: async () => undefined }
    Object.assign(singletons, stolen)
    await pair.run(3_000)
    expect(runs[0]?.signal.aborted).toBe(true)
  })

  it('[SNG12] is taken over within 15 s of a crash, and within 3 s of a stop', async () => {
    const { trouble, wrapStore } = troubledHolds()
    await using pair = await createPair({ implementations: [], nodes: 3, wrapStore })
    const { runs, start, trusted } = runsOn(pair)
    const all = [start(0)]
    await pair.settle()
    all.push(start(1), start(2))
    await pair.run(5_000)
    Object.assign(trouble, { kind: 'silent', node: 0 })
    await pair.run(15_000)
    const [successor] = trusted().map(({ node }) => node)
    expect([1, 2]).toContain(successor)
    await Promise.all([all[Number(successor)]?.stop(), pair.run(3_000)])
    expect(trusted().map(({ node }) => node)).toEqual([successor === 1 ? 2 : 1])
    expect(runs).toHaveLength(3)
  })

  it('[SNG13] knows by the clock that it let go, before any timer has run', async () => {
    await using pair = await createPair({ implementations: [] })
    let now = 0
    const timers: (() => void)[] = []
    const clock = {
      ...pair.clock,
      monotonic: () => now,
      after: (_: number, run: () => void) => {
        timers.push(run)
        return () => undefined
      },
    }
    const { random, store, report } = pair.node()
    const contexts: SingletonContext[] = []
    const singleton = new Singleton({ clock, random, singletons: store.singletons, report }, 'market', (context) => {
      contexts.push(context)
      return new Promise<void>((end) => context.signal.addEventListener('abort', () => end()))
    })
    await pair.settle()
    now = 6_999
    expect(contexts[0]?.isHeld()).toBe(true)
    now = 20_000
    expect([contexts[0]?.isHeld(), contexts[0]?.signal.aborted, timers.length > 0]).toEqual([false, true, true])
    void singleton.stop()
    await pair.settle()
  })

  it('[SNG14] is aborted within 4 s where the store forgot the hold and gave it away', async () => {
    await using pair = await createPair({ implementations: [], nodes: 2 })
    const { runs, start } = runsOn(pair)
    start(0)
    await pair.run(5_000)
    const { singletons } = pair.node(1).store
    const holders: string[] = []
    const hold = singletons.hold.bind(singletons)
    Object.assign(pair.node(0).store.singletons, {
      hold: (name: string, holder: string, forMs: number) => {
        holders.push(holder)
        return hold(name, holder, forMs)
      },
    })
    await pair.run(3_000)
    await singletons.release('market', String(holders[0]))
    expect(await hold('market', 'another', 9_000)).toBe(true)
    await pair.run(4_000)
    expect([runs.length, runs[0]?.signal.aborted]).toEqual([1, true])
  })

  it('[SNG15] runs again a second after it returned', async () => {
    await using pair = await createPair({ implementations: [], nodes: 2 })
    const { runs, start } = runsOn(pair)
    start(0)
    start(1)
    for (let done = 0; done < 3; done++) {
      await pair.run(4_000)
      expect(runs).toHaveLength(done + 1)
      const endedMs = pair.clock.monotonic()
      runs.at(-1)?.end()
      await pair.run(999)
      expect([runs.length, pair.clock.monotonic() - endedMs]).toEqual([done + 1, 999])
    }
    expect(pair.errors).toEqual([])
  })

  it('[SNG15] reports what it throws, and waits longer each time until a run lasted', async () => {
    await using pair = await createPair({ implementations: [] })
    const { runs, start } = runsOn(pair)
    start(0)
    await pair.settle()
    const waitedMs: number[] = []
    const failNow = async (): Promise<void> => {
      const known = runs.length
      runs.at(-1)?.fail(new Error(`run ${known}`))
      const failedMs = pair.clock.monotonic()
      while (runs.length === known) await pair.run(500)
      waitedMs.push(pair.clock.monotonic() - failedMs)
    }
    for (let failed = 0; failed < 7; failed++) await failNow()
    await pair.run(60_000)
    await failNow()
    const pauses = [1_000, 2_000, 4_000, 8_000, 16_000, 30_000, 30_000, 1_000]
    for (const [index, pauseMs] of pauses.entries()) {
      expect(waitedMs[index]).toBeGreaterThanOrEqual(pauseMs)
      expect(waitedMs[index]).toBeLessThanOrEqual(pauseMs + 2_500)
    }
    expect(pair.errors.map(String)).toEqual(pauses.map((_, index) => `Error: run ${index + 1}`))
  })

  it('[SNG16, SNG17] is not released where its run goes on, lapses, and does not begin beside it', async () => {
    await using pair = await createPair({ implementations: [], nodes: 2 })
    const { runs, start } = runsOn(pair, { heedsSignal: false })
    const first = start(0)
    await pair.settle()
    start(1)
    const startMs = pair.clock.monotonic()
    let stoppedMs = Infinity
    void first.stop().then(() => (stoppedMs = pair.clock.monotonic()))
    await pair.run(6_000)
    expect([runs.length, runs[0]?.signal.aborted, stoppedMs - startMs]).toEqual([1, true, 2_000])
    await pair.run(6_000)
    expect(runs.map(({ node }) => node)).toEqual([0, 1])
    Object.assign(pair.node(1).store.singletons, { hold: async () => false })
    await pair.run(60_000)
    expect([runs.length, runs[1]?.signal.aborted]).toEqual([2, true])
    for (const run of runs) run.end()
    await pair.settle()
  })
})

describe('server.singleton', () => {
  it('[SNG16, SNG18] may be called before listen, and ends with the server', async () => {
    const server = createServer({ onError: (error) => expect.fail(String(error)) })
    const contexts: SingletonContext[] = []
    const told: string[] = []
    const running = new Promise<void>((resolve) => {
      server.singleton('market', async (context) => {
        contexts.push(context)
        resolve()
        await new Promise<void>((end) => context.signal.addEventListener('abort', () => end()))
        told.push('ended')
      })
    })
    expect(() => server.singleton('market', () => undefined)).toThrow('runs already')
    expect(() => server.singleton('', () => undefined)).toThrow('has a name')
    const early = server.singleton('never', () => told.push('never'))
    await early.stop()
    await server.listen(0, { host: '127.0.0.1' })
    await running
    await server.close()
    expect([contexts.length, contexts[0]?.signal.aborted, told]).toEqual([1, true, ['ended']])
    server.singleton('late', () => told.push('late'))
    expect(told).toEqual(['ended'])
  })

  it('[SNG16] ends where the server begins to drain, before its clients are moved', async () => {
    const server = createServer()
    const contexts: SingletonContext[] = []
    const running = new Promise<void>((resolve) => {
      server.singleton('market', (context) => {
        contexts.push(context)
        resolve()
        return new Promise<void>((end) => context.signal.addEventListener('abort', () => end()))
      })
    })
    await server.listen(0, { host: '127.0.0.1' })
    await running
    let isDrained = false
    const drained = server.drain({ loadBalancerWaitMs: 3_600_000 }).then(() => (isDrained = true))
    expect([contexts[0]?.signal.aborted, contexts[0]?.isHeld(), isDrained]).toEqual([true, false, false])
    await server.close()
    await drained
    expect(contexts).toHaveLength(1)
  })

  it('[SNG18] gives a name free once it has stopped', async () => {
    const server = createServer()
    await server.listen(0, { host: '127.0.0.1' })
    const first = server.singleton('market', ({ signal }) => {
      return new Promise<void>((end) => signal.addEventListener('abort', () => end()))
    })
    await first.stop()
    await new Promise<void>((resolve) => {
      server.singleton('market', () => resolve())
    })
    await first.stop()
    await server.close()
  })
})
