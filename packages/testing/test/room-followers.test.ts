import { fail, roomKey } from '@millrace/contract'
import type { RoomClient } from '@millrace/client'
import { memory } from '@millrace/server'
import { createPair, faultsOf, LogTrouble, startTestCluster, type Cable, type Pair } from '@millrace/testing'
import { describe, expect, it } from 'vitest'
import { followed, followedApp, NoteTaker, numberOf } from './support/followed.ts'

type Page = RoomClient<(typeof followed)['rooms']['page']>

interface Study extends AsyncDisposable {
  readonly pair: Pair
  readonly trouble: LogTrouble
  /** One per opening of the room. */
  readonly takers: NoteTaker[]
  enter(user: string): {
    readonly room: Page
    readonly cable: Cable
    readonly told: (number | string)[]
    readonly joined: Promise<unknown>
  }
  say(...numbers: readonly number[]): Promise<void>
  faults(): Promise<{ trim(keepEvents: number): Promise<void>; rewind(toOffset: number): Promise<void> }>
}

/** @param prepare Gets each follower before it opens. */
async function openStudy(prepare: (taker: NoteTaker) => void = () => {}): Promise<Study> {
  const trouble = new LogTrouble()
  const takers: NoteTaker[] = []
  const follow = () => {
    const taker = new NoteTaker()
    prepare(taker)
    takers.push(taker)
    return taker
  }
  const pair = await createPair({
    implementations: [followedApp({ follow })],
    wrapStore: (store) => trouble.wrap(store),
  })
  return {
    pair,
    trouble,
    takers,
    enter(user) {
      const { client, cable } = pair.client({ auth: { user }, reconnect: { minDelayMs: 20, maxDelayMs: 50 } })
      const room: Page = client.use(followed).room('page', { id: 'a' })
      const told: (number | string)[] = []
      room.on('note', ({ n }) => void told.push(n))
      room.on('gap', ({ reason }) => void told.push(`gap ${reason}`))
      const joined = room.join({ presence: { hat: 'red' } }).then(
        () => 'joined',
        (error: { code: string }) => error.code,
      )
      return { room, cable, told, joined }
    },
    async say(...numbers) {
      for (const n of numbers) await pair.room(followed, 'page', { id: 'a' }).publish('note', { n })
      await pair.settle()
    },
    async faults() {
      const { log } = await pair.openStore()
      const faults = faultsOf(log)
      const key = roomKey(followed.namespace, 'page', { id: 'a' })
      return { trim: (keep) => faults.trim(key, keep), rewind: (to) => faults.rewind(key, to) }
    },
    [Symbol.asyncDispose]: () => pair[Symbol.asyncDispose](),
  }
}

describe('followers', () => {
  it('[KPT22] are open before anybody is in the room, and miss nothing that was stored meanwhile', async () => {
    let finish = () => {}
    await using study = await openStudy((taker) => {
      taker.whileOpening = () => new Promise((resolve) => (finish = resolve))
    })
    await study.say(1)
    const ada = study.enter('ada')
    await study.pair.flush()
    await study.say(2, 3)
    await study.pair.run(1_000)
    expect(study.takers.map(({ told }) => told)).toEqual([['open']])
    finish()
    await study.pair.flush()
    expect([await ada.joined, study.takers[0]?.told]).toEqual(['joined', ['open', 'opened', 2, 3]])
    await study.say(4)
    await study.pair.flush()
    expect([study.takers[0]?.told.slice(-1), ada.told]).toEqual([[4], [4]])
  })

  it('[KPT22] get entries before any member is sent them', async () => {
    const sent: number[] = []
    await using study = await openStudy((taker) => {
      taker.onEntries = () => sent.push(study.pair.node().counters.framesOut)
    })
    const ada = study.enter('ada')
    await study.pair.flush()
    const { framesOut } = study.pair.node().counters
    await study.say(1)
    await study.pair.flush()
    expect([sent, ada.told]).toEqual([[framesOut], [1]])
  })

  it('[KPT22] read again where more came while they opened than is kept for them', async () => {
    let finish = () => {}
    await using study = await openStudy((taker) => {
      taker.whileOpening = () => new Promise((resolve) => (finish = resolve))
    })
    study.enter('ada')
    await study.pair.flush()
    await study.say(...Array.from({ length: 1_001 }, (_, n) => n))
    await study.say(1_001)
    finish()
    await study.pair.flush()
    expect(study.takers[0]?.told).toEqual(['open', 'opened', 'replaced', 1_001])
  })

  it('[KPT23] that cannot open refuse the join, and the next join opens another', async () => {
    const reported = [new Error('no snapshot'), fail('UNAVAILABLE', 'the snapshot could not be read')]
    const faults = [...reported]
    await using study = await openStudy((taker) => {
      taker.whileOpening = () => (faults.length > 0 ? Promise.reject(faults.shift()!) : undefined)
    })
    const outcomes: unknown[] = []
    for (let attempt = 0; attempt < 3; attempt++) {
      const { joined } = study.enter('ada')
      await study.pair.flush()
      outcomes.push(await joined)
    }
    expect(outcomes).toEqual(['INTERNAL', 'UNAVAILABLE', 'joined'])
    expect(study.takers.map(({ told }) => told)).toEqual([
      ['open', 'close'],
      ['open', 'close'],
      ['open', 'opened'],
    ])
    expect(study.pair.errors).toEqual(reported)
  })

  it('[KPT24] go on while the room lingers without members, are closed once, and called no more', async () => {
    await using study = await openStudy()
    const { room } = study.enter('ada')
    await study.pair.flush()
    const left = room.leave()
    await study.pair.flush()
    await left
    await study.say(1)
    await study.pair.run(9_000)
    await study.say(2)
    await study.pair.run(2_000)
    await study.say(3)
    expect(study.takers.map(({ told }) => told)).toEqual([['open', 'opened', 1, 2, 'close']])
    study.enter('bob')
    await study.pair.flush()
    await study.say(4)
    expect(study.takers[1]?.told).toEqual(['open', 'opened', 4])
    await study.pair.stopNode(0)
    expect(study.takers.map(({ told }) => told.slice(-2))).toEqual([
      [2, 'close'],
      [4, 'close'],
    ])
  })

  it('[KPT24] that close because nobody is left are waited for where the node closes', async () => {
    let finish = () => {}
    await using study = await openStudy((taker) => {
      taker.close = async () => {
        taker.told.push('close')
        await new Promise<void>((resolve) => (finish = resolve))
        taker.told.push('closed')
      }
    })
    const { room } = study.enter('ada')
    await study.pair.flush()
    const left = room.leave()
    await study.pair.flush()
    await left
    await study.pair.run(11_000)
    const { told } = study.takers[0]!
    expect(told).toEqual(['open', 'opened', 'close'])
    const stopped = study.pair.stopNode(0).then(() => told.push('node closed'))
    await study.pair.settle()
    finish()
    await stopped
    expect(told).toEqual(['open', 'opened', 'close', 'closed', 'node closed'])
  })

  it('[KPT24] are closed after they have opened, also where the node closes first', async () => {
    let finish = () => {}
    await using study = await openStudy((taker) => {
      taker.whileOpening = () => new Promise((resolve) => (finish = resolve))
    })
    study.enter('ada')
    await study.pair.flush()
    const stopped = study.pair.stopNode(0)
    await study.pair.settle()
    expect(study.takers[0]?.told).toEqual(['open'])
    finish()
    await stopped
    expect(study.takers[0]?.told).toEqual(['open', 'opened', 'close'])
  })

  it('[KPT25] are told that the history is another one, before its entries, and where the node lost a part of it', async () => {
    await using study = await openStudy()
    const ada = study.enter('ada')
    await study.pair.flush()
    await study.say(1, 2, 3)
    await study.pair.flush()
    const faults = await study.faults()
    await faults.rewind(1)
    await study.say(4)
    await study.pair.run(100)
    expect(study.takers[0]?.told).toEqual(['open', 'opened', 1, 2, 3, 'replaced'])
    study.trouble.lose(3)
    await study.say(5, 6, 7)
    await faults.trim(1)
    await study.say(8)
    await study.pair.run(100)
    await study.say(9)
    await study.pair.flush()
    expect(study.takers[0]?.told.slice(6)).toEqual(['replaced', 9])
    expect(ada.told).toEqual([1, 2, 3, 'gap rewound', 4, 'gap trimmed', 7, 8, 9])
  })

  /** Ada comes back from before 3, of which bob's follower has not heard, to a log that is trimmed or was rewound. */
  async function comeBackFromBefore(study: Study, isRewound = false): Promise<readonly (number | string)[]> {
    const { cable, told } = study.enter('ada')
    await study.pair.flush()
    await study.say(1)
    await study.pair.flush()
    cable.isPlugged = false
    cable.cut()
    await study.pair.run(20_000) // the room is closed, and what it remembered is gone
    const faults = await study.faults()
    if (isRewound) await faults.rewind(0)
    await study.say(2)
    study.enter('bob')
    await study.pair.flush()
    study.trouble.lose(1)
    await study.say(3)
    if (!isRewound) await faults.trim(0)
    cable.isPlugged = true
    return told
  }

  it('[KPT25] are told of what the node missed before somebody who joins is led beyond it', async () => {
    await using study = await openStudy()
    const told = await comeBackFromBefore(study)
    for (let waited = 0; waited < 9_000 && told.length === 1; waited += 10) await study.pair.run(10)
    expect([told, study.takers[1]?.told]).toEqual([
      [1, 'gap trimmed'],
      ['open', 'opened', 'replaced'],
    ])
  })

  it('[KPT25] lead nobody beyond what they were told, where it cannot be read', async () => {
    await using study = await openStudy()
    const told = await comeBackFromBefore(study)
    study.trouble.failReads(1, 1) // the first one tells of the gap
    for (let waited = 0; waited < 9_000 && told.length === 1; waited += 10) await study.pair.run(10)
    expect(study.pair.errors.map(String)).toEqual([
      'Error: the log could not be read, as the test wished',
      'MillraceError: this node could not read what it has missed of the room; join again',
    ])
    expect([told, study.takers[1]?.told]).toEqual([
      [1, 'gap trimmed'],
      ['open', 'opened', 'replaced'],
    ])
  })

  it('[KPT25] are told of what the node missed of another history, too', async () => {
    await using study = await openStudy()
    const told = await comeBackFromBefore(study, true)
    study.trouble.failReads(1, 1)
    for (let waited = 0; waited < 9_000 && told.length === 1; waited += 10) await study.pair.run(10)
    expect([told, study.takers[1]?.told]).toEqual([
      [1, 'gap rewound'],
      ['open', 'opened', 3],
    ])
  })

  it('[KPT25] that were opening meanwhile are told of it after', async () => {
    let finish = () => {}
    await using study = await openStudy((taker) => {
      taker.whileOpening = () => new Promise((resolve) => (finish = resolve))
    })
    await study.say(1, 2)
    study.enter('ada')
    await study.pair.flush()
    await study.say(3)
    await (await study.faults()).rewind(1)
    await study.say(4)
    await study.pair.run(100)
    await study.say(5)
    finish()
    await study.pair.flush()
    expect(study.takers[0]?.told).toEqual(['open', 'opened', 'replaced', 5])
  })

  it('[KPT26] whose calls throw are reported, and members notice nothing', async () => {
    await using study = await openStudy((taker) => {
      taker.onEntries = () => {
        throw new Error('the follower is at a loss')
      }
    })
    const ada = study.enter('ada')
    await study.pair.flush()
    await study.say(1)
    await study.say(2)
    await study.pair.flush()
    expect([ada.told, study.takers[0]?.told.slice(2)]).toEqual([
      [1, 2],
      [1, 2],
    ])
    expect(study.pair.errors.map(String)).toEqual(Array.from({ length: 2 }, () => 'Error: the follower is at a loss'))
  })

  it('[KPT22] of every node see the same, once and in the order of the log, from real servers', async () => {
    const takers: NoteTaker[] = []
    const follow = () => {
      const taker = new NoteTaker()
      takers.push(taker)
      return taker
    }
    const store = memory()
    await using cluster = await startTestCluster({ implementations: [followedApp({ follow })], nodes: 2, store })
    const pages = cluster.nodes.map((node, index) =>
      node
        .client({ auth: { user: `user ${index}` } })
        .use(followed)
        .room('page', { id: 'a' }),
    )
    await Promise.all(pages.map((page) => page.join({ presence: { hat: 'red' } })))
    await Promise.all(Array.from({ length: 300 }, (_, n) => pages[n % 2]!.publish('note', { n })))
    await expect.poll(() => takers.map(({ told }) => told.length)).toEqual([302, 302])
    const { storage } = cluster.nodes[0]!.server.room(followed, 'page', { id: 'a' })
    const all = await storage.read({ direction: 'after', position: null, limit: 1_000, maxBytes: Infinity })
    const order = all.kind === 'page' ? all.entries.map(numberOf) : []
    expect(order).toHaveLength(300)
    for (const { told } of takers) expect(told.slice(2)).toEqual(order)
  })
})
