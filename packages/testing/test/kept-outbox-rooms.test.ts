import { holdRoom } from '@millrace/client/outbox'
import { fail } from '@millrace/contract'
import { decodePacket } from '@millrace/testing'
import { PacketType } from 'socket.io-parser'
import { describe, expect, it } from 'vitest'
import { a, desk as contract } from './support/desk-contract.ts'
import { openDesk, type Desk, type Seat } from './support/desk.ts'

/** What the clients say of rooms, in order. */
function noteJoins(desk: Desk): string[] {
  const noted: string[] = []
  desk.pair.onPacket((_wire, direction, packet) => {
    const { type, data } = decodePacket(packet)
    const [name] = type === PacketType.EVENT && direction === 'up' ? (data as [string]) : ['']
    if (name === '~join' || name === '~leave') noted.push(name)
  })
  return noted
}

function talk(seat: Seat) {
  return seat.client.use(contract).room('talk', a)
}

describe('holdRoom', () => {
  it('[KEP21] the first holder joins, the last one leaves', async () => {
    await using desk = await openDesk()
    const noted = noteJoins(desk)
    const room = talk(desk.open())
    const holds = [holdRoom(room), holdRoom(room)]
    await desk.pair.flush()
    expect(await holds[0]?.joined).toEqual({ snapshot: { runs: 0 }, recovered: false })
    expect(noted).toEqual(['~join'])
    holds[0]?.release()
    holds[0]?.release()
    await desk.pair.flush()
    expect(noted).toEqual(['~join'])
    holds[1]?.release()
    await desk.pair.flush()
    expect(noted).toEqual(['~join', '~leave'])
    const again = holdRoom(room)
    await desk.pair.flush()
    await again.joined
    expect(noted).toEqual(['~join', '~leave', '~join'])
  })

  it('[KEP21] who mounts, unmounts and mounts in one turn joins once', async () => {
    await using desk = await openDesk()
    const noted = noteJoins(desk)
    const room = talk(desk.open())
    holdRoom(room).release()
    const hold = holdRoom(room)
    await desk.pair.flush()
    await hold.joined
    expect(noted).toEqual(['~join'])
  })

  it('[KEP22] holders at one time share one answer', async () => {
    await using desk = await openDesk()
    const room = talk(desk.open())
    const first = holdRoom(room)
    await desk.pair.flush()
    const second = holdRoom(room)
    expect(await second.joined).toBe(await first.joined)
  })

  it('[KEP22] who begins to watch when nobody did has an answer of now', async () => {
    await using desk = await openDesk()
    const seat = desk.open()
    const room = talk(seat)
    const first = holdRoom(room)
    await desk.pair.flush()
    await first.joined
    desk.rules.runs.push({ user: 'bob', name: 'say', key: 'k', input: { text: 'x' } })
    first.release()
    const second = holdRoom(room)
    await desk.pair.flush()
    expect((await second.joined).snapshot).toEqual({ runs: 1 })
  })

  it('[KEP22] also where the outbox is in the room, whose request is answered once', async () => {
    await using desk = await openDesk()
    const noted = noteJoins(desk)
    const seat = desk.open()
    let go = () => {}
    desk.rules.take = () => new Promise<void>((resolve) => (go = resolve))
    seat.outbox.send('talk', a, 'say', { text: '1' })
    await desk.pair.flush()
    const heard: string[] = []
    const room = talk(seat)
    room.on('said', ({ text }) => heard.push(text))
    const hold = holdRoom(room)
    await desk.pair.flush()
    expect((await hold.joined).snapshot).toEqual({ runs: 1 })
    go()
    await desk.pair.run(60_000)
    expect(seat.answers).toEqual(['1:1'])
    expect(heard).toEqual(['1'])
    expect(noted).toEqual(['~join', '~leave', '~join'])
  })

  it('[KEP22] a watcher that comes before the answer to the outbox joins as it says itself', async () => {
    await using desk = await openDesk()
    const seat = desk.open()
    const watcher = desk.open().client.use(contract).room('club', a)
    void watcher.join({ presence: { status: 'active' } })
    void seat.client.connect()
    await desk.pair.flush()
    seat.outbox.send('club', a, 'say', { text: '1' })
    await desk.pair.settle() // the outbox waits for its join
    const hold = holdRoom(seat.client.use(contract).room('club', a), { presence: { status: 'active' } })
    await desk.pair.flush()
    await hold.joined
    const statuses = watcher.presence.members().flatMap(({ metas }) => metas.map(({ state }) => state.status))
    expect(statuses).toEqual(['active', 'active'])
    expect(seat.answers).toEqual(['1:1'])
  })

  it('[KEP23] does not leave a room that the application joined by itself', async () => {
    await using desk = await openDesk()
    const noted = noteJoins(desk)
    const seat = desk.open()
    const room = talk(seat)
    const joined = room.join()
    const hold = holdRoom(room)
    await desk.pair.flush()
    expect(await hold.joined).toEqual(await joined)
    seat.outbox.send('talk', a, 'say', { text: '1' })
    hold.release()
    await desk.pair.flush()
    expect(seat.answers).toEqual(['1:1'])
    expect(noted).toEqual(['~join'])
    await Promise.all([room.leave(), desk.pair.flush()])
    expect(noted).toEqual(['~join', '~leave'])
  })

  it.each(['was put out', 'left by itself'])(
    '[KEP23] where the client %s, the next holder joins again',
    async (how) => {
      await using desk = await openDesk()
      const seat = desk.open()
      const room = talk(seat)
      const first = holdRoom(room)
      await desk.pair.flush()
      await first.joined
      if (how === 'was put out') desk.pair.room(contract, 'talk', a).kick({ userId: 'ada' }, 'out')
      else void room.leave()
      await desk.pair.flush()
      const second = holdRoom(room)
      await desk.pair.flush()
      expect((await second.joined).snapshot).toEqual({ runs: 0 })
      seat.outbox.send('talk', a, 'say', { text: '1' })
      await desk.pair.flush()
      expect(seat.answers).toEqual(['1:1'])
    },
  )

  it('[KEP23] a join that was refused is tried by the next holder', async () => {
    await using desk = await openDesk()
    desk.rules.authorize = () => false
    const room = talk(desk.open())
    const first = holdRoom(room)
    await desk.pair.flush()
    await expect(first.joined).rejects.toMatchObject({ code: 'FORBIDDEN' })
    desk.rules.authorize = () => true
    const second = holdRoom(room)
    await desk.pair.flush()
    expect((await second.joined).recovered).toBe(false)
  })

  it('[KEP9] the outbox comes into a room out of which the client was put', async () => {
    await using desk = await openDesk()
    const seat = desk.open()
    seat.outbox.send('talk', a, 'say', { text: '1' })
    desk.rules.take = () => {
      desk.rules.take = () => {}
      desk.pair.room(contract, 'talk', a).kick({ userId: 'ada' }, 'out')
      throw fail('RATE_LIMITED', 'slow')
    }
    await desk.pair.run(1_100)
    expect(seat.answers).toEqual(['1:2'])
  })

  it('[KEP9] a room whose requests were discarded before there was a connection is not joined', async () => {
    await using desk = await openDesk()
    const noted = noteJoins(desk)
    const seat = desk.open()
    seat.cable.isPlugged = false
    const key = seat.outbox.send('talk', a, 'say', { text: '1' })
    await desk.pair.run(10_000)
    seat.outbox.discard(key)
    seat.cable.isPlugged = true
    await desk.pair.run(30_000)
    expect(seat.client.state.state).toBe('connected')
    expect(noted).toEqual([])
  })
})
