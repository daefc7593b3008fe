// @vitest-environment happy-dom
import { createOutbox, memoryOutbox } from '@millrace/client/outbox'
import { act, waitFor } from '@testing-library/react'
import { describe, expect, it } from 'vitest'
import { useKeptRequests, useNamespace, useRequest, useRoom } from '../src/index.ts'
import { club } from './support/club.ts'
import { createGate } from './support/gate.ts'
import { openClub } from './support/open-club.ts'
import { show } from './support/show.tsx'

describe('useRequest', () => {
  it('[RCT14] tells data and declared errors of the newest call', async () => {
    await using here = await openClub()
    const shown = show(() => useRequest(useNamespace(club), 'double'), { client: here.client() })
    expect(shown.now).toMatchObject({ isPending: false, error: undefined, data: undefined })
    const { ask } = shown.now
    const answer = ask({ n: 2 })
    expect(await answer).toEqual({ ok: true, data: { n: 4 } })
    await waitFor(() => expect(shown.now).toMatchObject({ isPending: false, data: { n: 4 } }))
    expect(shown.all.map(({ isPending }) => isPending)).toEqual([false, true, false])
    const refusal = await ask({ n: 101 })
    expect(refusal).toMatchObject({ ok: false, error: { code: 'TOO_LARGE', data: { most: 100 } } })
    await waitFor(() =>
      expect(shown.now).toMatchObject({ isPending: false, error: { code: 'TOO_LARGE' }, data: { n: 4 } }),
    )
    act(() => shown.now.reset())
    expect(shown.now).toMatchObject({ isPending: false, error: undefined, data: undefined })
    expect(shown.now.ask).toBe(ask)
  })

  it('[RCT14] leaves out answers to earlier calls, and those after reset', async () => {
    await using here = await openClub()
    const gate = createGate()
    const useDouble = () => useRequest(useNamespace(club), 'double')
    const shown = show(useDouble, { client: here.client() })
    here.notes.before = () => gate.opened
    const first = shown.now.ask({ n: 1 })
    const second = shown.now.ask({ n: 2 })
    await waitFor(() => expect(shown.now.isPending).toBe(true))
    gate.open()
    await waitFor(() => expect(shown.now).toMatchObject({ isPending: false, data: { n: 4 } }))
    expect(await first).toMatchObject({ ok: true, data: { n: 2 } })
    await second
    expect(shown.all.some(({ data }) => data?.n === 2)).toBe(false)
    await act(async () => {
      const late = shown.now.ask({ n: 5 })
      shown.now.reset()
      await late
    })
    expect(shown.now).toMatchObject({ isPending: false, data: undefined })
  })

  it('[RCT14] asks rooms, and shows nothing of another room', async () => {
    await using here = await openClub(7)
    const useList = (id: string) => {
      const { room } = useRoom(club, 'board', { id }, { presence: { status: 'active' } })
      return useRequest(room, 'list')
    }
    const shown = show(useList, { client: here.client(), props: 'a' })
    void shown.now.ask({ before: 3, limit: 9 })
    await waitFor(() => expect(shown.now.data?.notes.map(({ seq }) => seq)).toEqual([1, 2]))
    shown.rerender('b')
    expect(shown.now.data).toBeUndefined()
  })
})

describe('useKeptRequests', () => {
  it('[RCT15] gives what waits, and every change', async () => {
    await using here = await openClub()
    const gate = createGate()
    here.notes.before = () => gate.opened
    const client = here.client()
    const outbox = createOutbox(client, club, {
      store: memoryOutbox(),
      joins: { board: { presence: { status: 'away' } } },
    })
    const shown = show(() => useKeptRequests(club), { client, outbox })
    expect(shown.now).toEqual([])
    const key = outbox.send('board', { id: 'a' }, 'add', { text: 'x' })
    const waiting = { key, state: 'pending', room: 'board', name: 'add', input: { text: 'x' } }
    await waitFor(() => expect(shown.now).toMatchObject([waiting]))
    gate.open()
    await waitFor(() => expect(shown.now).toEqual([]))
    await outbox.close()
  })
})
