// @vitest-environment happy-dom
import type { Client } from '@millrace/client'
import { fail, type ErrorCode } from '@millrace/contract'
import { act, render, screen, waitFor } from '@testing-library/react'
import { StrictMode, Suspense, use, useState } from 'react'
import { describe, expect, it } from 'vitest'
import { pauseMs } from '../src/pause.ts'
import { MillraceProvider, usePresence, useRoom } from '../src/index.ts'
import { club } from './support/club.ts'
import { openClub } from './support/open-club.ts'
import { show } from './support/show.tsx'

const active = { presence: { status: 'active' } } as const
const useBoard = (id = 'a') => useRoom(club, 'board', { id }, active)
const boardOf = (client: Client, id = 'a') => client.use(club).room('board', { id })

describe('joining', () => {
  it('[RCT4] joins once under StrictMode', async () => {
    await using here = await openClub(3)
    const shown = show(() => useBoard(), { client: here.client(), isStrict: true })
    expect(shown.all[0]).toMatchObject({ status: 'joining', snapshot: undefined, error: undefined })
    await waitFor(() => expect(shown.now.status).toBe('joined'))
    expect(shown.now.snapshot?.notes.map(({ seq }) => seq)).toEqual([1, 2, 3])
    expect([here.notes.joins, here.notes.leaves]).toEqual([1, 0])
  })

  it('[RCT4] joins nothing for a rendering that is thrown away', async () => {
    await using here = await openClub()
    const client = here.client()
    const never = new Promise<void>(() => {})
    const renderings: string[] = []
    function Thrown() {
      useBoard()
      renderings.push('board')
      use(never)
      return <p>never</p>
    }
    const page = (
      <StrictMode>
        <MillraceProvider client={client}>
          <Suspense fallback={<p>waiting</p>}>
            <Thrown />
          </Suspense>
        </MillraceProvider>
      </StrictMode>
    )
    await act(async () => void render(page))
    await screen.findByText('waiting')
    await here.roundTrip(client)
    expect(renderings).not.toEqual([])
    expect(here.notes.joins).toBe(0)
  })

  it('[RCT5] shares one membership, leaves with the last one, and leaves no listener', async () => {
    await using here = await openClub()
    const client = here.client()
    const room = boardOf(client)
    let listeners = 0
    const on = room.on.bind(room)
    room.on = (name, listener) => {
      listeners += 1
      const off = on(name, listener)
      return () => {
        listeners -= 1
        off()
      }
    }
    function Board({ name }: { readonly name: string }) {
      const { status, room: shown } = useBoard()
      const { count } = usePresence(shown)
      return <p>{`${name} ${status} ${count}`}</p>
    }
    const page = (...names: readonly string[]) => (
      <MillraceProvider client={client}>
        {names.map((name) => (
          <Board key={name} name={name} />
        ))}
      </MillraceProvider>
    )
    const { rerender } = render(page('first', 'second'))
    await screen.findByText('first joined 1')
    await screen.findByText('second joined 1')
    rerender(page('second', 'third'))
    await screen.findByText('third joined 1')
    expect([here.notes.joins, here.notes.leaves]).toEqual([1, 0])
    expect(listeners).toBeGreaterThan(0)
    rerender(page())
    await waitFor(() => expect(here.notes.leaves).toBe(1))
    expect([here.notes.joins, listeners]).toEqual([1, 0])
  })

  it('[RCT5] leaves one room for another', async () => {
    await using here = await openClub()
    const client = here.client()
    const shown = show((id: string) => useBoard(id), { client, props: 'a' })
    await waitFor(() => expect(shown.now.status).toBe('joined'))
    shown.rerender('b')
    expect(shown.now).toMatchObject({ room: boardOf(client, 'b'), status: 'joining' })
    await waitFor(() => expect(shown.now.status).toBe('joined'))
    await waitFor(() => expect([here.notes.joins, here.notes.leaves]).toEqual([2, 1]))
  })
})

describe('refusals', () => {
  it('[RCT7] tells a refusal for good, and joins again when it is asked to', async () => {
    await using here = await openClub()
    here.notes.mayJoin = () => false
    const shown = show(() => useBoard(), { client: here.client() })
    await waitFor(() => expect(shown.now.status).toBe('refused'))
    expect(shown.now.error?.code).toBe('FORBIDDEN')
    here.notes.mayJoin = () => true
    act(() => shown.now.retry())
    expect(shown.now).toMatchObject({ status: 'joining', error: undefined })
    await waitFor(() => expect(shown.now.status).toBe('joined'))
    shown.now.retry()
    expect(shown.now.status).toBe('joined')
  })

  it('[RCT7, RCT10] tells that the client was put out', async () => {
    await using here = await openClub(1)
    const shown = show(() => useBoard(), { client: here.client() })
    await waitFor(() => expect(shown.now.snapshot?.notes.length).toBe(1))
    here.server.room(club, 'board', { id: 'a' }).kick({ userId: 'ada' }, 'enough')
    const error = { message: 'enough' }
    await waitFor(() => expect(shown.now).toMatchObject({ status: 'refused', error, snapshot: undefined }))
    act(() => shown.now.retry())
    await waitFor(() => expect(shown.now.status).toBe('joined'))
  })

  it('[RCT7] asks again by itself where the refusal passes', async () => {
    await using here = await openClub()
    const refusals: ErrorCode[] = ['UNAVAILABLE', 'OVERLOADED']
    here.notes.whileJoining = () => {
      const code = refusals.shift()
      if (code) throw fail(code, 'not now')
    }
    const shown = show(() => useBoard(), { client: here.client(), isStrict: true })
    await waitFor(() => expect(shown.now.status).toBe('joined'))
    expect(shown.all.map(({ status }) => status)).not.toContain('refused')
    expect(here.notes.joins).toBe(1)
  })

  it('[RCT7] waits as long as the server says, and a random pause that doubles', () => {
    expect([1, 2, 3, 6, 20].map((refusals) => pauseMs(refusals, 0, () => 1))).toEqual([
      1_000, 2_000, 4_000, 30_000, 30_000,
    ])
    expect(pauseMs(1, 700, () => 0)).toBe(700)
  })

  it('[RCT7] stays joined over a reconnect', async () => {
    await using here = await openClub()
    const client = here.client()
    const shown = show(() => useBoard(), { client })
    await waitFor(() => expect(shown.now.status).toBe('joined'))
    const states: string[] = []
    client.onState(({ state }) => states.push(state))
    here.server.io.of('/club').disconnectSockets(true)
    await waitFor(() => expect(states).toContain('connected'))
    expect(shown.all.map(({ status }) => status)).not.toContain('refused')
    expect(shown.now.status).toBe('joined')
  })
})

describe('presence of this client', () => {
  it('[RCT9] tells a new state without a new join, an equal one not at all', async () => {
    await using here = await openClub()
    const other = boardOf(here.client('bob'))
    const seen: string[] = []
    other.presence.on(({ changed }) => {
      for (const { id, metas } of changed) seen.push(`${id} ${metas[0]?.state.status}`)
    })
    await other.join({ presence: { status: 'active' } })
    const useStatus = (props: 'active' | 'away') => useRoom(club, 'board', { id: 'a' }, { presence: { status: props } })
    const client = here.client()
    const { presence } = boardOf(client)
    const told: string[] = []
    const set = presence.set.bind(presence)
    presence.set = (state) => {
      told.push(state.status)
      return set(state)
    }
    const shown = show(useStatus, { client, props: 'active' })
    await waitFor(() => expect(seen.at(-1)).toBe('ada active'))
    shown.rerender('active')
    shown.rerender('away')
    await waitFor(() => expect(seen.at(-1)).toBe('ada away'))
    shown.rerender('active')
    await waitFor(() =>
      expect(seen.filter((text) => text.startsWith('ada'))).toEqual(['ada active', 'ada away', 'ada active']),
    )
    expect(told).toEqual(['away', 'active'])
    expect(here.notes.joins).toBe(2)
  })

  it('[RCT9] tells where it is refused', async () => {
    await using here = await openClub()
    const useStatus = (props: string) =>
      useRoom(club, 'board', { id: 'a' }, { presence: { status: props as 'active' } })
    const shown = show(useStatus, { client: here.client(), props: 'active' })
    await waitFor(() => expect(shown.now.status).toBe('joined'))
    shown.rerender('asleep')
    await waitFor(() => expect(shown.now).toMatchObject({ status: 'joined', error: { code: 'INVALID_INPUT' } }))
    shown.rerender('away')
    await waitFor(() => expect(shown.now).toMatchObject({ status: 'joined', error: undefined }))
  })
})

it('[RCT9] what the network prevents goes with the next join', async () => {
  await using here = await openClub()
  const reconnect = { minDelayMs: 300, maxDelayMs: 300 }
  const client = here.client('ada', { reconnect, requestTimeoutMs: 50 })
  const useStatus = (props: 'active' | 'away') => useRoom(club, 'board', { id: 'a' }, { presence: { status: props } })
  const shown = show(useStatus, { client, props: 'active' })
  await waitFor(() => expect(shown.now.status).toBe('joined'))
  here.server.io.of('/club').disconnectSockets(true)
  await waitFor(() => expect(client.state.state).toBe('waiting'))
  shown.rerender('away')
  const bob = boardOf(here.client('bob'))
  await bob.join({ presence: { status: 'active' } })
  const statusOf = (id: string) => bob.presence.members().find((member) => member.id === id)?.metas[0]?.state.status
  await waitFor(() => expect(statusOf('ada')).toBe('away'))
  expect(shown.all.every(({ error, status }) => error === undefined && status !== 'refused')).toBe(true)
})

describe('going back', () => {
  it('[RCT10] shows what was known, then what is', async () => {
    await using here = await openClub(1)
    const shown = show((id: string) => useBoard(id), { client: here.client(), props: 'a' })
    const count = () => shown.now.snapshot?.notes.length
    await waitFor(() => expect(count()).toBe(1))
    shown.rerender('b')
    await waitFor(() => expect(shown.now.status).toBe('joined'))
    here.notes.fill(1)
    shown.rerender('a')
    expect([shown.now.status, count()]).toEqual(['joining', 1])
    await waitFor(() => expect([shown.now.status, count()]).toEqual(['joined', 2]))
    shown.rerender('b')
    await waitFor(() => expect(shown.now.status).toBe('joined'))
    here.notes.mayJoin = () => false
    shown.rerender('a')
    expect([shown.now.status, count()]).toEqual(['joining', 2])
    await waitFor(() => expect([shown.now.status, count()]).toEqual(['refused', undefined]))
  })

  it('[RCT10] forgets all but the 20 rooms that were left last', async () => {
    await using here = await openClub(1)
    const shown = show((id: string) => useBoard(id), { client: here.client(), props: 'first' })
    for (let n = 1; n <= 21; n++) {
      await waitFor(() => expect(shown.now.status).toBe('joined'))
      shown.rerender(`room ${n}`)
    }
    await waitFor(() => expect(shown.now.status).toBe('joined'))
    shown.rerender('room 1')
    expect(shown.now.snapshot).toBeDefined()
    await waitFor(() => expect(shown.now.status).toBe('joined'))
    shown.rerender('first')
    expect(shown.now.snapshot).toBeUndefined()
  })
})

it('[RCT5] a component that moves within a turn keeps its place', async () => {
  await using here = await openClub()
  function Board() {
    return <p>{useBoard().status}</p>
  }
  function Sides() {
    const [isMoved, setMoved] = useState(false)
    const move = <button onClick={() => setMoved(true)}>move</button>
    const Side = isMoved ? 'section' : 'div'
    return (
      <>
        {move}
        <Side>
          <Board />
        </Side>
      </>
    )
  }
  render(
    <MillraceProvider client={here.client()}>
      <Sides />
    </MillraceProvider>,
  )
  await screen.findByText('joined')
  act(() => screen.getByText('move').click())
  expect(screen.getByText('joined').parentElement?.tagName).toBe('SECTION')
  const bob = here.client('bob')
  await boardOf(bob).join({ presence: { status: 'away' } })
  expect(boardOf(bob).presence.count).toBe(2)
  expect([here.notes.joins, here.notes.leaves]).toEqual([2, 0])
})
