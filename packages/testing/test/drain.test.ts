import { parseCloseReason, roomKey } from '@millrace/contract'
import { drain } from '@millrace/server/core'
import { createPair, decodePacket } from '@millrace/testing'
import { expect, it } from 'vitest'
import { board, boardApp, boardTruth } from './support/board.ts'
import { deskApp, deskRules } from './support/desk.ts'
import { a, desk } from './support/desk-contract.ts'
import { drainNode } from './support/drain-node.ts'
import { join, openScene, takeSeat, type Scene } from './support/scene.ts'
import { enter, present } from './support/watcher.ts'

const now = { loadBalancerWaitMs: 0 }

/** What `~close` said, to every client, in order. */
function closeReasons({ pair }: Scene) {
  const reasons: ReturnType<typeof parseCloseReason>[] = []
  pair.onPacket((_wire, direction, packet) => {
    if (direction !== 'down') return
    const { data } = decodePacket(packet)
    const [name, reason] = Array.isArray(data) ? (data as unknown[]) : []
    if (name === '~close') reasons.push(parseCloseReason(reason))
  })
  return reasons
}

it('[DRN2, DRN3] everything goes on until the load balancer has had its time, then new connections are refused', async () => {
  await using scene = await openScene({ nodes: 2 })
  const { pair } = scene
  const ada = await join(scene, 'ada', 'plain')
  const drained = drainNode(pair, 0, { loadBalancerWaitMs: 5_000 })
  await pair.run(4_999)
  const bob = await join(scene, 'bob', 'plain')
  await scene.say('plain', 1)
  await pair.flush()
  expect([ada.heard, bob.heard]).toEqual([[1], [1]])
  const late = takeSeat(scene, 'late', 'plain')
  const states: unknown[] = []
  late.client.onState((state) => states.push(state))
  await pair.run(1)
  const joined = late.room.join()
  await pair.flush()
  expect(states).toContainEqual(
    expect.objectContaining({ state: 'waiting', reason: expect.objectContaining({ code: 'UNAVAILABLE' }) }),
  )
  for (const { cable } of [ada, bob, late]) cable.node = 1
  await pair.run(10_000)
  await Promise.all([drained, joined])
  expect([pair.node(0).connections.size, pair.node(1).connections.size]).toEqual([0, 3])
})

it('[DRN8] a client is told what was published before, then SHUTDOWN with a pause below 100 ms', async () => {
  await using scene = await openScene({ nodes: 2 })
  const { pair } = scene
  const reasons = closeReasons(scene)
  const ada = await join(scene, 'ada', 'slow')
  await scene.say('slow', 1)
  ada.cable.node = 1
  const drained = drainNode(pair, 0, now)
  await pair.advance(0)
  while (reasons.length === 0 && pair.deliver()) await pair.settle()
  expect(ada.heard).toEqual([1])
  expect(reasons).toEqual([{ code: 'SHUTDOWN', reconnect: 'backoff', retryAfterMs: expect.any(Number) }])
  expect(reasons[0]?.retryAfterMs).toBeLessThan(100)
  await pair.run(2_000)
  await drained
  expect(ada.client.state.state).toBe('connected')
})

/** A server whose `pay` waits for `gate`, on two nodes. */
async function openDesk(gate: Promise<void>) {
  const rules = deskRules()
  rules.take = () => gate
  const pair = await createPair({ nodes: 2, implementations: [deskApp(rules)] })
  const sit = async (user: string) => {
    const { client, cable } = pair.client({ auth: { user }, requestTimeoutMs: 60_000 })
    const talk = client.use(desk).room('talk', a)
    const joined = talk.join()
    await pair.flush()
    await joined
    cable.node = 1
    return { client, talk }
  }
  return { pair, rules, sit }
}

function gate() {
  let open = (): void => {}
  const opened = new Promise<void>((resolve) => (open = resolve))
  return { opened, open }
}

it('[DRN9, DRN5] what was sent is answered first; what is sent after that has one effect, on the next node, in order', async () => {
  const { opened, open } = gate()
  const { pair, rules, sit } = await openDesk(opened)
  await using _ = pair
  const { client, talk } = await sit('ada')
  const first = talk.request('pay', { text: 'first' })
  await pair.flush()
  const drained = drainNode(pair, 0, now)
  await pair.run(100)
  const second = talk.request('pay', { text: 'second' })
  const third = talk.request('say', { text: 'third' })
  await pair.run(900)
  expect([rules.runs.length, client.state.state, pair.node(0).connections.size]).toEqual([1, 'connected', 1])
  open()
  await pair.run(100)
  expect((await first).run).toBe(1)
  expect(pair.node(0).connections.size).toBe(0)
  await pair.run(3_000)
  expect([(await second).run, (await third).run]).toEqual([2, 3])
  expect(rules.runs.map(({ input }) => (input as { text: string }).text)).toEqual(['first', 'second', 'third'])
  await drained
})

it('[DRN9, DRN5] an answer holds up the move and the end for 5 s at most', async () => {
  const { pair, sit } = await openDesk(new Promise(() => {}))
  await using _ = pair
  const { talk } = await sit('ada')
  const paid = talk.request('pay', { text: 'never' }).catch((error: unknown) => error)
  await pair.flush()
  let isDrained = false
  const drained = drainNode(pair, 0, now).then(() => (isDrained = true))
  await pair.run(4_999)
  expect(pair.node(0).connections.size).toBe(1)
  await pair.run(101)
  expect([pair.node(0).connections.size, isDrained]).toEqual([0, false])
  await pair.run(5_001)
  await drained
  await pair.run(1_000)
  expect(await paid).toMatchObject({ code: 'OUTCOME_UNKNOWN' })
})

it('[DRN12] answers that come late, and all at once, move nobody faster', async () => {
  const { opened, open } = gate()
  const { pair, sit } = await openDesk(opened)
  await using _ = pair
  const paid: Promise<unknown>[] = []
  for (let index = 0; index < 40; index++) {
    const { talk } = await sit(`user${index}`)
    paid.push(talk.request('pay', { text: `${index}` }))
  }
  await pair.flush()
  const drained = drainNode(pair, 0, { ...now, overMs: 4_000, answerWaitMs: 60_000 })
  await pair.run(5_000)
  expect(pair.node(0).connections.size).toBe(40)
  open()
  const moved: number[] = []
  for (let second = 0; second < 4; second++) {
    const before = pair.node(0).connections.size
    await pair.run(1_000)
    moved.push(before - pair.node(0).connections.size)
  }
  expect(moved.every((count) => count >= 9 && count <= 11)).toBe(true)
  await pair.run(5_000)
  await Promise.all([drained, ...paid])
})

it('[DRN12] a node that was held up takes longer and moves nobody faster', async () => {
  await using scene = await openScene({ nodes: 2 })
  const { pair } = scene
  for (let index = 0; index < 40; index++) {
    const { cable } = await join(scene, `user${index}`, 'plain')
    cable.node = 1
  }
  const node = pair.node(0)
  let pauses = 0
  const after: typeof node.clock.after = (delayMs, run) => node.clock.after(++pauses === 3 ? 3_000 : delayMs, run)
  const options = { ...now, overMs: 4_000 }
  const drained = drain({ ...node, clock: { ...node.clock, after } }, options, undefined, new AbortController().signal)
  const sizes: number[] = []
  for (let batch = 0; batch < 60; batch++) {
    await pair.run(100)
    sizes.push(node.connections.size)
  }
  await pair.run(5_000)
  await drained
  const moved = sizes.map((size, index) => (sizes[index - 1] ?? 40) - size)
  expect(Math.max(...moved.slice(1))).toBe(1) // the first 100 ms saw their beginning and their end
  expect(sizes.at(-1)).toBeGreaterThan(0)
})

it('[DRN11, DRN10, P11] of 1,000 clients no second sees more than twice the mean come back', async () => {
  await using scene = await openScene({ nodes: 2 })
  const { pair } = scene
  const backAt: number[] = []
  for (let index = 0; index < 1_000; index++) {
    const { client, cable } = takeSeat(scene, `user${index}`, 'plain')
    void client.connect()
    await pair.flush()
    cable.node = 1
    client.onState(({ state }) => void (state === 'connected' && backAt.push(pair.clock.monotonic())))
  }
  await pair.run(5_000)
  const drained = drainNode(pair, 0, now)
  await pair.run(16_000)
  await drained
  expect(backAt).toHaveLength(1_000)
  const seconds = (Math.max(...backAt) - Math.min(...backAt)) / 1_000
  expect(seconds).toBeGreaterThan(9)
  const inSecondFrom = (from: number) => backAt.filter((at) => at >= from && at < from + 1_000).length
  expect(Math.max(...backAt.map(inSecondFrom))).toBeLessThanOrEqual((2 * backAt.length) / seconds)
}, 30_000)

it('[DRN14, P11] a witness is told of no leave and no join while every node is drained, itself moved as well', async () => {
  const truth = boardTruth()
  const hooks: string[] = []
  await using scene = await openScene({ nodes: 3, implementations: [boardApp(truth, hooks)] })
  const { pair } = scene
  const witness = await enter(scene, 'witness', 'active', 2)
  const others = []
  for (const user of ['ada', 'bob', 'cyd', 'dan']) others.push(await enter(scene, user, 'active', others.length % 3))
  const log: string[] = []
  const known = new Set(present(witness))
  witness.room.presence.on(({ changed, left }) => {
    for (const { id } of changed) if (!known.has(id)) log.push(`joined ${id}`)
    for (const id of left) log.push(`left ${id}`)
  })
  hooks.length = 0
  for (const index of [0, 1, 2]) {
    for (const { cable } of [witness, ...others]) if (cable.node === index) cable.node = (index + 1) % 3
    const drained = drainNode(pair, index, now)
    await pair.run(4_000)
    await drained
    await pair.startNode(index)
    await pair.run(20_000)
    expect(present(witness).toSorted()).toEqual(['ada', 'bob', 'cyd', 'dan', 'witness'])
  }
  expect(log).toEqual([])
  expect(hooks.filter((hook) => hook.startsWith('leave'))).toEqual([])
  expect(hooks.filter((hook) => hook === 'empty')).toHaveLength(3)
})

it('[DRN15] a client that does not come back is gone 9 s after the node that it was on', async () => {
  await using scene = await openScene({ nodes: 2 })
  const { pair } = scene
  const witness = await enter(scene, 'witness', 'active', 1)
  const early = await enter(scene, 'early')
  early.cable.isPlugged = false
  const drained = drainNode(pair, 0, now)
  await pair.run(1_000)
  await drained
  await pair.run(7_999)
  expect(present(witness)).toEqual(['witness', 'early'])
  await pair.run(1_001)
  expect(present(witness)).toEqual(['witness'])
  expect(witness.changes).toEqual(['+early', '-early'])
})

it('[DRN15] with nobody else on the memory(), a client is gone with its node, and no timer is left', async () => {
  await using scene = await openScene()
  const { pair } = scene
  const ada = await enter(scene, 'ada')
  const drained = drainNode(pair, 0, now)
  await pair.run(500)
  await drained
  await ada.client.close()
  expect(pair.clock.timerCount).toBe(0)
  const { presence } = await pair.openStore()
  expect(await presence.list(roomKey(board.namespace, 'present', { id: 'a' }))).toEqual([])
})

it('[DRN13, P11] members see every offset once while nodes are drained in turn and others publish', async () => {
  await using scene = await openScene({ nodes: 3 })
  const { pair } = scene
  const seats = []
  for (let index = 0; index < 12; index++) {
    const seat = takeSeat(scene, `user${index}`, 'plain', index % 3)
    const joined = seat.room.join()
    await pair.flush()
    await joined
    seats.push(seat)
  }
  const published: Promise<unknown>[] = []
  let n = 0
  for (const index of [0, 1, 2]) {
    for (const { cable } of seats) if (cable.node === index) cable.node = (index + 1) % 3
    let isDrained = false
    const drained = drainNode(pair, index, now).then(() => (isDrained = true))
    while (!isDrained) {
      for (const seat of seats) published.push(seat.room.publish('note', { n: n++ }))
      await pair.run(100)
    }
    await drained
    await pair.startNode(index)
  }
  await pair.run(10_000)
  await Promise.all(published)
  const all = Array.from({ length: n }, (_, index) => index)
  for (const { heard, gaps } of seats) {
    expect(gaps).toEqual([])
    expect(heard).toEqual(seats[0]?.heard)
    expect(heard.toSorted((one, other) => one - other)).toEqual(all)
  }
})
