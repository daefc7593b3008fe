// @vitest-environment happy-dom
import { act, renderHook, waitFor } from '@testing-library/react'
import { describe, expect, it } from 'vitest'
import { useEvent, useLatest, useNamespace, usePresence, useRoom } from '../src/index.ts'
import { club } from './support/club.ts'
import { openClub } from './support/open-club.ts'
import { show } from './support/show.tsx'

const active = { presence: { status: 'active' } } as const
const useBoard = () => useRoom(club, 'board', { id: 'a' }, active)

describe('useEvent', () => {
  it('[RCT11] calls the newest listener while it is mounted', async () => {
    await using here = await openClub()
    const heard: string[] = []
    const useTyping = (name: string) => {
      const { room, status } = useBoard()
      useEvent(room, 'typing', ({ isTyping }, { from }) => heard.push(`${name}: ${from} ${isTyping}`))
      return status
    }
    const client = here.client()
    const shown = show(useTyping, { client, props: 'first', isStrict: true })
    const bob = here.client('bob').use(club).room('board', { id: 'a' })
    await bob.join(active)
    await waitFor(() => expect(shown.now).toBe('joined'))
    bob.publish('typing', { isTyping: true })
    await waitFor(() => expect(heard).toEqual(['first: bob true']))
    shown.rerender('second')
    bob.publish('typing', { isTyping: false })
    await waitFor(() => expect(heard.slice(1)).toEqual(['second: bob false']))
    await client.use(club).room('board', { id: 'a' }).join(active)
    shown.unmount()
    bob.publish('typing', { isTyping: true })
    await here.roundTrip(client)
    expect(heard.length).toBe(2)
  })

  it('[RCT11] hears a namespace', async () => {
    await using here = await openClub()
    const heard: string[] = []
    const client = here.client()
    const useNotice = () => useEvent(useNamespace(club), 'notice', ({ text }) => heard.push(text))
    const shown = show(useNotice, { client })
    await waitFor(() => expect(client.state.state).toBe('connected'))
    await here.roundTrip(client)
    await here.server.user(club, 'ada').emit('notice', { text: 'hello' })
    await waitFor(() => expect(heard).toEqual(['hello']))
    shown.unmount()
    await here.server.user(club, 'ada').emit('notice', { text: 'again' })
    await here.roundTrip(client)
    expect(heard).toEqual(['hello'])
  })
})

describe('useLatest', () => {
  it('[RCT12] gives another map after a change, once per frame', async () => {
    await using here = await openClub()
    const board = here.server.room(club, 'board', { id: 'a' })
    await board.publish('score', { player: 'ada', points: 1 })
    const useScores = () => {
      const { room, status } = useBoard()
      return { status, scores: useLatest(room, 'score') }
    }
    const shown = show(useScores, { client: here.client() })
    const points = () => [...shown.now.scores].map(([player, score]) => [player, score.points])
    expect(shown.now.scores.size).toBe(0)
    await waitFor(() => expect(points()).toEqual([['ada', 1]]))
    const before = shown.now.scores
    const renderings = shown.all.length
    await Promise.all(['bob', 'cyd', 'dan', 'eve'].map((player, n) => board.publish('score', { player, points: n })))
    await waitFor(() => expect(shown.now.scores.size).toBe(5))
    expect(shown.all.length).toBe(renderings + 1)
    expect(before.size).toBe(1)
    await board.remove('score', 'ada')
    await waitFor(() => expect(shown.now.scores.has('ada')).toBe(false))
    board.kick({})
    await waitFor(() => expect(shown.now).toMatchObject({ status: 'refused', scores: new Map() }))
  })

  it('[RCT12] gives the same map until something changes', async () => {
    await using here = await openClub()
    const board = here.server.room(club, 'board', { id: 'a' })
    await board.publish('score', { player: 'ada', points: 1 })
    const useScores = (_: number) => useLatest(useBoard().room, 'score')
    const shown = show(useScores, { client: here.client(), props: 0 })
    await waitFor(() => expect(shown.now.size).toBe(1))
    const before = shown.now
    shown.rerender(1)
    await board.publish('note', { id: 'x', seq: 1, rev: 1, text: 'x' })
    const bob = here.client('bob').use(club).room('board', { id: 'a' })
    await bob.join(active)
    expect(bob.state('score').get('ada')?.points).toBe(1)
    shown.rerender(2)
    expect(shown.now).toBe(before)
    shown.unmount()
    const { result } = renderHook(() => useLatest(bob, 'score'))
    expect(result.current.get('ada')?.points).toBe(1)
  })
})

describe('usePresence', () => {
  it('[RCT13] gives members and count', async () => {
    await using here = await openClub()
    const usePeople = (_: number) => {
      const { room } = useBoard()
      return usePresence(room)
    }
    const shown = show(usePeople, { client: here.client(), props: 0 })
    expect(shown.now).toEqual({ members: [], count: 0 })
    await waitFor(() => expect(shown.now.count).toBe(1))
    const bob = here.client('bob').use(club).room('board', { id: 'a' })
    await bob.join({ presence: { status: 'away' } })
    await waitFor(() => expect(shown.now.members.map(({ user }) => user.name)).toEqual(['ada', 'bob']))
    expect(shown.now.members[1]?.metas[0]?.state).toEqual({ status: 'away' })
    const before = shown.now
    shown.rerender(1)
    expect(shown.now).toBe(before)
    await act(() => bob.leave())
    await waitFor(() => expect(shown.now.count).toBe(1))
    expect(before.count).toBe(2)
  })
})
