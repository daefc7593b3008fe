import { createPair, authenticateTestUser, type TestUser } from '@millrace/testing'
import { createServer, memory, type Authenticate, type Store } from '@millrace/server'
import { acceptPeer, openConnection, receive, welcomePeer, type Link } from '@millrace/server/core'
import { describe, expect, it } from 'vitest'
import { board } from './support/board.ts'
import { askNow, rawClient } from './support/raw-client.ts'
import { openScene, takeSeat, type Scene } from './support/scene.ts'
import { enter, joinPresent, present } from './support/watcher.ts'

const revoked = { code: 'REVOKED', reconnect: 'after-auth' }
const reasons = (client: { got: readonly (readonly [string, unknown, unknown?])[] }): unknown[] =>
  client.got.filter(([name]) => name === '~close').map(([, reason]) => reason)

/** A store whose nodes never hear of each other. */
const withoutBus = (store: Store): Store => ({
  ...store,
  bus: { publish: () => undefined, subscribe: async () => ({ close: async () => undefined }) },
})

/** A store whose list of revocations can be made to fail, or to answer later. */
function troubledList() {
  const trouble = { isDown: false, reads: 0 }
  const wrapStore = (store: Store): Store => ({
    ...store,
    revocations: {
      add: (userId) => store.revocations.add(userId),
      since: async (version) => {
        trouble.reads++
        if (trouble.isDown) throw new Error('the list is not there')
        return store.revocations.since(version)
      },
    },
  })
  return { trouble, wrapStore }
}

async function twoNodes(scene: Scene) {
  const ada = await Promise.all([rawClient(scene.pair, 'ada'), rawClient(scene.pair, 'ada', {}, 1)])
  const bob = await rawClient(scene.pair, 'bob', {}, 1)
  await scene.pair.flush()
  return { ada, bob }
}

describe('server.revoke', () => {
  it('[REV10, REV13, P9] closes every connection of the user on every node, and lets good credentials in again', async () => {
    await using scene = await openScene({ nodes: 2 })
    const { ada, bob } = await twoNodes(scene)
    await scene.pair.node(0).revocation.revoke('ada')
    await scene.pair.run(1_000)
    expect(ada.map(reasons)).toEqual([[revoked], [revoked]])
    const left = [0, 1].flatMap((node) => scene.pair.node(node).connections.all())
    expect(left.map(({ user }) => user.id)).toEqual(['bob'])
    expect(await askNow(scene.pair, bob, '~ping', {})).toEqual({ ok: true })
    const again = await rawClient(scene.pair, 'ada', {}, 1)
    await scene.pair.run(60_000)
    expect(await askNow(scene.pair, again, '~ping', {})).toEqual({ ok: true })
    expect([reasons(again), reasons(bob), scene.pair.errors]).toEqual([[], [], []])
  })

  it('[REV11, P9] closes them within 30 s where messages between nodes are lost', async () => {
    await using scene = await openScene({ nodes: 2, wrapStore: withoutBus })
    const { ada } = await twoNodes(scene)
    await scene.pair.run(100) // just after a look at the list
    await scene.pair.node(0).revocation.revoke('ada')
    await scene.pair.run(30_000)
    expect(ada.map(reasons)).toEqual([[revoked], [revoked]])
  })

  it('[REV12] refuses an authentication that is under way, of that user only', async () => {
    const answers: (() => void)[] = []
    const authenticate: Authenticate<TestUser> = async (handshake) => {
      const authenticated = await authenticateTestUser(handshake)
      await new Promise<void>((resolve) => answers.push(resolve))
      return authenticated
    }
    await using scene = await openScene({ authenticate })
    const ada = await rawClient(scene.pair, 'ada')
    const bob = await rawClient(scene.pair, 'bob')
    await scene.pair.node().revocation.revoke('ada')
    await scene.pair.settle()
    const late = await rawClient(scene.pair, 'ada')
    for (const answer of answers) answer()
    await scene.pair.flush()
    expect(ada.got.map(([name, message]) => [name, message])).toEqual([
      ['refused', expect.stringContaining('revoked while it was authenticated')],
    ])
    for (const client of [bob, late]) expect(client.got[0]?.[0]).toBe('~hello')
    expect(scene.pair.node().connections.size).toBe(2)
  })

  it('[REV14] takes the user out of rooms at once, and takes nothing more from the connection', async () => {
    await using scene = await openScene()
    const bob = await enter(scene, 'bob')
    const ada = await enter(scene, 'ada')
    const post = ada.client.use(board).room('plain', { id: 'a' })
    void post.join()
    await scene.pair.flush()
    ada.cable.isPlugged = false
    await scene.pair.node().revocation.revoke('ada')
    post.publish('typing', { on: true })
    void post.publish('note', { n: 1 }).catch(() => undefined)
    await scene.pair.flush()
    expect([present(bob), bob.changes.at(-1)]).toEqual([['bob'], '-ada'])
    const reader = takeSeat(scene, 'bob', 'plain')
    void reader.room.join()
    await scene.pair.flush()
    const page = reader.room.history()
    await scene.pair.flush()
    expect((await page).events).toEqual([])
  })

  it('[REV14] takes nothing from a transport that goes on after it was ended, in no namespace', async () => {
    await using scene = await openScene()
    const node = scene.pair.node()
    const sent: unknown[] = []
    const link: Link = {
      send: (event, argument) => sent.push([event, argument]),
      write: () => undefined,
      ask: () => Promise.reject(new Error('nobody is there')),
      bufferedBytes: () => 0,
      hasRoomFor: () => true,
      backlog: () => 0,
      drained: () => Promise.resolve(),
      enter: () => undefined,
      exit: () => undefined,
    }
    const handshake = { headers: {}, query: {}, auth: { user: 'ada' }, address: '127.0.0.1', secure: false }
    const connection = await openConnection(node, handshake, { isOpen: () => true, end: () => undefined })
    const namespace = node.namespaces.get('/board')!
    const peer = acceptPeer(node, namespace, connection, link)
    await node.revocation.revoke('ada')
    await scene.pair.settle()
    receive(node, peer, '~ping', {}, (answer) => sent.push(answer))
    welcomePeer(node, acceptPeer(node, namespace, connection, link))
    await scene.pair.settle()
    expect(sent).toEqual([
      ['~close', revoked],
      ['~close', revoked],
    ])
    expect(connection.peers).toEqual([])
  })

  it('[REV14] takes no join that was on its way', async () => {
    await using scene = await openScene()
    const ada = await rawClient(scene.pair, 'ada')
    let joins = 0
    scene.truth.onJoin = () => joins++
    void ada.ask('~join', joinPresent)
    await scene.pair.node().revocation.revoke('ada')
    await scene.pair.flush()
    expect([reasons(ada), joins]).toEqual([[revoked], 0])
  })

  it('[REV14] ends a join that is under way, without the grace', async () => {
    await using scene = await openScene()
    const bob = await enter(scene, 'bob')
    const ada = await rawClient(scene.pair, 'ada')
    const joined = new Promise<void>((resolve) => {
      scene.truth.onJoin = resolve
    })
    scene.truth.whileShowing = async () => {
      await scene.pair.node().revocation.revoke('ada')
      await new Promise<void>((resolve) => setImmediate(resolve)) // it is heard of
    }
    void ada.ask('~join', joinPresent)
    await scene.pair.flush()
    await joined
    await scene.pair.flush()
    expect([reasons(ada), present(bob)]).toEqual([[revoked], ['bob']])
  })

  it('[REV15] rejects where the store does not take it, and what is no id of a user', async () => {
    await using scene = await openScene({
      wrapStore: (store) => ({
        ...store,
        revocations: {
          since: () => store.revocations.since(),
          add: () => Promise.reject(new Error('no')),
        },
      }),
    })
    await expect(scene.pair.node().revocation.revoke('ada')).rejects.toThrow('no')
    await expect(scene.pair.node().revocation.revoke('')).rejects.toMatchObject({ code: 'INVALID_INPUT' })
  })

  it('[REV16] makes again what the store lost', async () => {
    let isLosing = true
    const shared = memory()
    const wrapStore = (store: Store): Store => ({
      ...store,
      revocations: {
        since: (version) => store.revocations.since(version),
        add: async (userId) =>
          isLosing ? (await store.revocations.since()).version + 1 : store.revocations.add(userId),
      },
    })
    await using scene = await openScene({ nodes: 2, store: shared, wrapStore })
    const { ada, bob } = await twoNodes(scene)
    await scene.pair.node(0).revocation.revoke('ada')
    await scene.pair.run(1_000)
    expect(ada.map(reasons)).toEqual([[], []])
    isLosing = false
    await scene.pair.run(30_000)
    expect([...ada, bob].map(reasons)).toEqual([[revoked], [revoked], []])
    const again = await rawClient(scene.pair, 'ada')
    await scene.pair.run(120_000)
    expect(reasons(again)).toEqual([])
  })

  it('[REV17] closes everybody where the list was forgotten before this node read it', async () => {
    let forgotten = 0
    const wrapStore = (store: Store): Store => ({
      ...store,
      revocations: {
        add: (userId) => store.revocations.add(userId),
        since: async (version) => {
          const news = await store.revocations.since(version)
          return { ...news, version: news.version + forgotten, forgotten }
        },
      },
    })
    await using scene = await openScene({ wrapStore })
    const clients = await Promise.all([rawClient(scene.pair, 'ada'), rawClient(scene.pair, 'bob')])
    await scene.pair.flush()
    forgotten = 10_001
    await scene.pair.run(20_000)
    expect(clients.map(reasons)).toEqual([[revoked], [revoked]])
    const again = await rawClient(scene.pair, 'bob')
    await scene.pair.run(60_000)
    expect(reasons(again)).toEqual([])
  })

  it('[REV18, P10] a message that nobody sent closes nothing', async () => {
    await using scene = await openScene()
    const ada = await rawClient(scene.pair, 'ada')
    const { bus } = scene.pair.node().store
    for (const head of ['', '{"user":"ada","version":9e15}', '[]', 'nonsense', JSON.stringify({ userId: 'ada' })])
      bus.publish('revocations', { head, payload: Uint8Array.from([0, 255]) })
    await scene.pair.run(1_000)
    expect(await askNow(scene.pair, ada, '~ping', {})).toEqual({ ok: true })
    await scene.pair.node().revocation.revoke('ada')
    await scene.pair.run(1_000)
    expect(reasons(ada)).toEqual([revoked])
  })
})

describe('a node that cannot read the list', () => {
  it('[REV20] goes on, and reads again until it can', async () => {
    const { trouble, wrapStore } = troubledList()
    await using scene = await openScene({ wrapStore })
    const ada = await rawClient(scene.pair, 'ada')
    trouble.isDown = true
    await scene.pair.node().revocation.revoke('ada')
    await scene.pair.run(600_000)
    expect(await askNow(scene.pair, ada, '~ping', {})).toEqual({ ok: true })
    const reads = trouble.reads
    expect(reads).toBeGreaterThan(100)
    trouble.isDown = false
    await scene.pair.run(2_000)
    expect([reasons(ada), trouble.reads]).toEqual([[revoked], reads + 1])
    expect(scene.pair.errors).not.toEqual([])
  })

  it('[REV21, P9] with failClosedAfterMs closes its connections in time, and takes new ones once it has read', async () => {
    const { trouble, wrapStore } = troubledList()
    await using scene = await openScene({ wrapStore, failClosedAfterMs: 60_000 })
    const ada = await rawClient(scene.pair, 'ada')
    await scene.pair.run(100_000)
    trouble.isDown = true
    await scene.pair.run(39_000)
    expect([reasons(ada), scene.pair.node().revocation.isTrusted]).toEqual([[], true])
    await scene.pair.run(21_000)
    expect(reasons(ada)).toEqual([{ code: 'SHUTDOWN', reconnect: 'backoff' }])
    expect(scene.pair.node().revocation.isTrusted).toBe(false)
    const refused = await rawClient(scene.pair, 'bob')
    expect(refused.got).toEqual([['refused', expect.stringContaining('cannot find out')]])
    trouble.isDown = false
    await scene.pair.run(2_000)
    const taken = await rawClient(scene.pair, 'bob')
    await scene.pair.run(100_000)
    expect([taken.got[0]?.[0], reasons(taken), scene.pair.node().revocation.isTrusted]).toEqual(['~hello', [], true])
  })

  it('[REV22] has 1,000 ms at least', () => {
    for (const failClosedAfterMs of [0, 999, Number.NaN])
      expect(() => createServer({ revocation: { failClosedAfterMs } })).toThrow('at least 1,000')
  })

  it('[REV20] is not opened where the list cannot be read at all', async () => {
    const { trouble, wrapStore } = troubledList()
    trouble.isDown = true
    const pair = createPair({ implementations: [], wrapStore })
    await expect(pair).rejects.toThrow('the list is not there')
  })
})
