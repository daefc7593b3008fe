import { fail, MillraceError } from '@millrace/contract'
import type { KeptRequest, OpenOutboxStore, OutboxStore } from '@millrace/client/outbox'
import { describe, expect, it } from 'vitest'
import { a, desk as contract } from './support/desk-contract.ts'
import { openDesk, type Seat } from './support/desk.ts'

const b = { id: 'b' }

function say(seat: Seat, text: string, params = a): string {
  return seat.outbox.send('talk', params, 'say', { text })
}

function states(seat: Seat): string[] {
  return seat.outbox.requests().map(({ input, state }) => `${(input as { text: string }).text} ${state}`)
}

/** A store of the test's own: `act` is asked before each call. */
function storeOf(act: (call: string) => Promise<void>): OutboxStore {
  const opened: OpenOutboxStore = {
    put: ({ key }) => act(`put ${key}`),
    remove: (key) => act(`remove ${key}`),
    close: () => act('close'),
  }
  return { open: () => act('open').then(() => opened) }
}

describe('a kept outbox', () => {
  it('[KEP1, KEP3, KEP4] gives the key at once and sends one at a time per room, in order', async () => {
    await using desk = await openDesk()
    const seat = desk.open()
    let running = 0
    let most = 0
    let go = () => {}
    desk.rules.take = async () => {
      most = Math.max(most, ++running)
      await new Promise<void>((resolve) => (go = resolve))
      running -= 1
    }
    const keys = ['1', '2', '3'].map((text) => say(seat, text))
    for (const key of keys) expect(key).toMatch(/^[\w-]{22}$/)
    expect(new Set(keys).size).toBe(3)
    for (let i = 0; i < 3; i++) {
      await desk.pair.flush()
      expect(desk.texts).toEqual(['1', '2', '3'].slice(0, i + 1))
      go()
    }
    await desk.pair.flush()
    expect(most).toBe(1)
    expect(desk.rules.runs.map(({ key }) => key)).toEqual(keys)
    expect(seat.answers).toEqual(['1:1', '2:2', '3:3'])
    expect(seat.outbox.requests()).toEqual([])
  })

  it('[KEP3] rooms do not wait for each other', async () => {
    await using desk = await openDesk()
    const seat = desk.open()
    let go = () => {}
    desk.rules.take = ({ input }) =>
      (input as { text: string }).text === 'slow' ? new Promise<void>((resolve) => (go = resolve)) : undefined
    say(seat, 'slow')
    say(seat, 'quick', b)
    await desk.pair.flush()
    expect(seat.answers).toEqual(['quick:2'])
    go()
    await desk.pair.flush()
    expect(seat.answers).toEqual(['quick:2', 'slow:2'])
  })

  it('[KEP1] refuses at once what does not fit, and keeps nothing of it', async () => {
    await using desk = await openDesk()
    const seat = desk.open()
    const { outbox } = seat
    const code = (run: () => void) => {
      try {
        run()
      } catch (thrown) {
        return thrown instanceof MillraceError ? thrown.code : thrown
      }
      return 'nothing'
    }
    expect(code(() => outbox.send('talk', a, 'say', { text: 7 } as never))).toBe('INVALID_INPUT')
    expect(code(() => outbox.send('talk', { id: 7 } as never, 'say', { text: '' }))).toBe('INVALID_INPUT')
    expect(code(() => outbox.send('talk', a, 'say', { text: () => {} } as never))).toBe('INVALID_INPUT')
    expect(code(() => outbox.send('attic' as never, a as never, 'say' as never, {} as never))).toBe('UNKNOWN_EVENT')
    expect(code(() => outbox.send('talk', a, 'sing' as never, {} as never))).toBe('UNKNOWN_EVENT')
    expect(code(() => outbox.send('talk', a, 'toString' as never, {} as never))).toBe('UNKNOWN_EVENT')
    expect(code(() => outbox.send('hall', {}, 'late', { text: '' }))).toBe('INVALID_INPUT')
    const large = { name: 'f', file: new Uint8Array(4_000_001) }
    expect(code(() => outbox.send('talk', a, 'file', large))).toBe('PAYLOAD_TOO_LARGE')
    expect(outbox.requests()).toEqual([])
    await outbox.close()
    expect(code(() => say(seat, 'late'))).toBe('DISCONNECTED')
    await desk.pair.flush()
    expect(desk.rules.runs).toEqual([])
  })

  it('[KEP1] is full at maxRequests and at maxBytes, until an answer comes', async () => {
    await using desk = await openDesk()
    const seat = desk.open({ maxRequests: 2 })
    say(seat, '1')
    say(seat, '2')
    expect(() => say(seat, '3')).toThrow(expect.objectContaining({ code: 'OVERLOADED' }))
    await desk.pair.flush()
    say(seat, '4')
    await desk.pair.flush()
    expect(desk.texts).toEqual(['1', '2', '4'])
    const small = desk.open({ store: storeOf(() => Promise.resolve()), maxBytes: 100 })
    say(small, 'x'.repeat(60))
    expect(() => say(small, 'x'.repeat(60))).toThrow(expect.objectContaining({ code: 'OVERLOADED' }))
    say(small, 'x')
  })

  it('[KEP2] sends nothing before it is stored', async () => {
    await using desk = await openDesk()
    const calls: string[] = []
    let stored = () => {}
    const seat = desk.open({
      store: storeOf(async (call) => {
        calls.push(call)
        if (call.startsWith('put')) await new Promise<void>((resolve) => (stored = resolve))
      }),
    })
    const key = say(seat, '1')
    await desk.pair.flush()
    expect(calls).toEqual(['open', `put ${key}`])
    expect(desk.texts).toEqual([])
    stored()
    await desk.pair.flush()
    expect(desk.texts).toEqual(['1'])
    expect(calls).toEqual(['open', `put ${key}`, `remove ${key}`])
  })

  it('[KEP2] what the store cannot keep is sent all the same; the fault is reported once until it works again', async () => {
    await using desk = await openDesk()
    let isFull = true
    const seat = desk.open({
      store: storeOf(async (call) => {
        if (isFull && call !== 'open') throw new Error('quota exceeded')
      }),
    })
    say(seat, '1')
    say(seat, '2')
    await desk.pair.flush()
    expect(seat.answers).toEqual(['1:1', '2:2'])
    expect(seat.errors.map(String)).toEqual([
      'MillraceError: requests are not kept: quota exceeded; they are sent all the same, and lost if the page ends first',
    ])
    isFull = false
    say(seat, '3')
    await desk.pair.flush()
    isFull = true
    say(seat, '4')
    await desk.pair.flush()
    expect(seat.errors).toHaveLength(2)
    expect(desk.texts).toEqual(['1', '2', '3', '4'])
  })

  it.each(['open', 'put'])('[KEP2] a store that does not answer to %s within 5 s has failed', async (silent) => {
    await using desk = await openDesk()
    const seat = desk.open({
      store: storeOf((call) => (call.startsWith(silent) ? new Promise(() => {}) : Promise.resolve())),
    })
    say(seat, '1')
    await desk.pair.run(4_999)
    expect(desk.texts).toEqual([])
    await desk.pair.run(20_000)
    expect(desk.texts).toEqual(['1'])
    expect(seat.errors).toEqual([expect.objectContaining({ code: 'UNAVAILABLE' })])
  })

  it('[KEP5] an answered request is removed, then told, then gone from the list', async () => {
    await using desk = await openDesk()
    const told: string[] = []
    const seat = desk.open({ store: storeOf(async (call) => void told.push(call.split(' ')[0] ?? '')) })
    const { outbox } = seat
    outbox.on('change', () => told.push(`change ${outbox.requests().length}`))
    outbox.on('answered', ({ request, answer }) => {
      expect(answer).toEqual({ text: '1', run: 1 })
      told.push(`answered ${(request.input as { text: string }).text}, ${outbox.requests().length} listed`)
    })
    say(seat, '1')
    await desk.pair.flush()
    expect(told).toEqual(['change 1', 'open', 'put', 'remove', 'answered 1, 1 listed', 'change 0'])
  })

  it('[KEP6] the list and its requests are the same objects until they change', async () => {
    await using desk = await openDesk()
    const seat = desk.open()
    const lists: (readonly KeptRequest[])[] = []
    seat.outbox.on('change', () => lists.push(seat.outbox.requests()))
    desk.rules.take = ({ input }) => {
      if ((input as { text: string }).text === '1') throw new MillraceError('FORBIDDEN', 'not you')
    }
    say(seat, '1')
    say(seat, '2')
    expect(seat.outbox.requests()).toBe(lists[1])
    expect(lists[0]).not.toBe(lists[1])
    expect(lists[0]?.[0]).toBe(lists[1]?.[0])
    await desk.pair.flush()
    expect(states(seat)).toEqual(['1 failed'])
    expect(lists[2]?.[0]).not.toBe(lists[1]?.[0])
    expect(lists[2]?.[1]).toBe(lists[1]?.[1])
    expect(lists[3]?.[0]).toBe(lists[2]?.[0])
  })

  it('[KEP6] a listener that throws is reported, and what listens beside it goes on', async () => {
    await using desk = await openDesk()
    const seat = desk.open()
    seat.outbox.on('answered', () => {
      throw new Error('broken view')
    })
    say(seat, '1')
    say(seat, '2')
    await desk.pair.flush()
    expect(seat.answers).toEqual(['1:1', '2:2'])
    expect(seat.errors.map(({ message }) => message)).toEqual(['broken view', 'broken view'])
  })

  it('[KEP7] keeps a copy of the input, of bytes too', async () => {
    await using desk = await openDesk()
    const seat = desk.open()
    const file = new Uint8Array([9, 1, 2, 9]).subarray(1, 3)
    const input = { name: 'f', file }
    seat.outbox.send('talk', a, 'file', input)
    input.name = 'changed'
    file.fill(7)
    const kept = seat.outbox.requests().map((request) => request.input as typeof input)
    expect(kept).toEqual([{ name: 'f', file: new Uint8Array([1, 2]) }])
    expect(kept.map((one) => one.file.buffer.byteLength)).toEqual([2])
    await desk.pair.flush()
    const ran = desk.rules.runs.map((run) => run.input as typeof input)
    expect(ran.map(({ name, file: [...bytes] }) => [name, ...bytes])).toEqual([['f', 1, 2]])
  })

  it('[KEP9] joins a room nobody holds, as `joins` says, and leaves it when nothing waits', async () => {
    await using desk = await openDesk()
    const seat = desk.open()
    const watcher = desk.pair.client({ auth: { user: 'bob' } })
    const room = watcher.client.use(contract).room('club', a)
    void room.join({ presence: { status: 'active' } })
    await desk.pair.flush()
    const seen: string[] = []
    room.presence.on(({ changed, left }) => {
      for (const { id, metas } of changed) seen.push(`${id} ${metas[0]?.state.status}`)
      for (const id of left) seen.push(`${id} left`)
    })
    seat.outbox.send('club', a, 'say', { text: 'hi' })
    await desk.pair.run(15_000)
    expect(seat.answers).toEqual(['hi:1'])
    expect(seen).toEqual(['ada away', 'ada left'])
  })

  it('[KEP14] discard forgets a request in whatever state, and the next of the room does not wait for it', async () => {
    await using desk = await openDesk()
    const seat = desk.open()
    desk.rules.take = ({ input }) => {
      if ((input as { text: string }).text === 'later') throw fail('RATE_LIMITED', 'slow', { retryAfterMs: 600_000 })
      if ((input as { text: string }).text === 'no') throw fail('FORBIDDEN', 'no')
    }
    const no = say(seat, 'no')
    const later = say(seat, 'later')
    say(seat, 'next')
    await desk.pair.flush()
    expect(states(seat)).toEqual(['no failed', 'later pending', 'next pending'])
    seat.outbox.discard(later)
    seat.outbox.discard(no)
    expect(states(seat)).toEqual(['next pending'])
    await desk.pair.flush()
    expect(seat.answers).toEqual(['next:3'])
    seat.outbox.discard(no)
    await seat.outbox.close()
    expect(desk.open().outbox.requests()).toEqual([])
  })

  it('[KEP14] what is discarded on its way is not told of, whatever becomes of it', async () => {
    await using desk = await openDesk()
    const seat = desk.open()
    let go = () => {}
    desk.rules.take = () => new Promise<void>((resolve) => (go = resolve))
    const key = say(seat, '1')
    await desk.pair.flush()
    seat.outbox.discard(key)
    go()
    await desk.pair.run(60_000)
    expect(desk.texts).toEqual(['1'])
    expect(seat.answers).toEqual([])
    expect(seat.errors).toEqual([])
  })
})
