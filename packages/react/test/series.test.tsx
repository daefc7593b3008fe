// @vitest-environment happy-dom
import type { RoomClient, SeriesView, ViewQuery } from '@millrace/client'
import { act, render, screen, waitFor } from '@testing-library/react'
import { describe, expect, it } from 'vitest'
import { MillraceProvider, useRoom, useSeriesView } from '../src/index.ts'
import { club } from './support/club.ts'
import { openClub } from './support/open-club.ts'
import { show } from './support/show.tsx'

type Tape = (typeof club)['rooms']['tape']
type Level = Tape['series']['level']

const query: ViewQuery<Level> = { keys: ['left'], last: 600_000, widthPx: 600, fps: 60 }

const useLevel = (wanted: ViewQuery<Level>) => {
  const { room } = useRoom(club, 'tape', { id: 'a' })
  return useSeriesView(room, 'level', wanted)
}

/** Every view that is opened on a room from here on. */
function watchViews(room: RoomClient<Tape>): SeriesView<Level>[] {
  const opened: SeriesView<Level>[] = []
  const open = room.series.bind(room)
  Object.assign(room, {
    series: (name: 'level') => ({
      view: async (wanted: ViewQuery<Level>) => {
        const view = await open(name).view(wanted)
        opened.push(view)
        return view
      },
    }),
  })
  return opened
}

const isClosed = (view: SeriesView<Level> | undefined) =>
  view?.set({}).then(
    () => false,
    ({ code }: { code: string }) => code === 'DISCONNECTED',
  )

describe('useSeriesView', () => {
  it('[RCT27, RCT29] opens one view, and closes it with the component', async () => {
    await using here = await openClub()
    const client = here.client()
    const opened = watchViews(client.use(club).room('tape', { id: 'a' }))
    const shown = show(useLevel, { client, props: query, isStrict: true })
    expect(shown.now).toEqual({ view: undefined, state: 'opening', error: undefined })
    await waitFor(() => expect(shown.now.state).toBe('open'))
    expect(opened).toEqual([shown.now.view])
    shown.unmount()
    await waitFor(async () => expect(await isClosed(opened[0])).toBe(true))
    expect(opened.length).toBe(1)
  })

  it('[RCT27] a child may view what its parent joins', async () => {
    await using here = await openClub()
    function Child({ room }: { readonly room: RoomClient<Tape> }) {
      return <p>{useSeriesView(room, 'level', query).state}</p>
    }
    function Parent() {
      return <Child room={useRoom(club, 'tape', { id: 'a' }).room} />
    }
    render(
      <MillraceProvider client={here.client()}>
        <Parent />
      </MillraceProvider>,
      { reactStrictMode: true },
    )
    await screen.findByText('open')
  })

  it('[RCT27] a component that is gone before the answer leaves nothing open', async () => {
    await using here = await openClub()
    const client = here.client()
    const room = client.use(club).room('tape', { id: 'a' })
    await room.join()
    const opened = watchViews(room)
    const shown = show(() => useSeriesView(room, 'level', query), { client })
    shown.unmount()
    await waitFor(() => expect(opened.length).toBe(1))
    await waitFor(async () => expect(await isClosed(opened[0])).toBe(true))
  })

  it('[RCT28] increments do not render, another query changes the view in place', async () => {
    await using here = await openClub()
    const level = here.server.room(club, 'tape', { id: 'a' }).series('level')
    const start = Math.floor(Date.now() / 60_000) * 60_000 - 60_000
    await level.append('left', start, { peak: 1 })
    const shown = show(useLevel, { client: here.client(), props: query as ViewQuery<Level> })
    await waitFor(() => expect(shown.now.state).toBe('open'))
    const view = shown.now.view!
    const renderings = shown.all.length
    const told = new Promise((resolve) => view.on('change', resolve))
    await level.append('left', start + 1_000, { peak: 2 })
    await told
    expect([...view.points('left', 'peak').values]).toEqual([1, 2])
    expect(shown.all.length).toBe(renderings)
    shown.rerender({ ...query })
    shown.rerender({ keys: ['right', 'left'], from: start, to: start + 120_000, widthPx: 12 })
    await waitFor(() => expect(view.columnMs).toBe(10_000))
    expect(shown.now).toEqual({ view, state: 'open', error: undefined })
    shown.rerender({ ...query, widthPx: 0 })
    await waitFor(() => expect(shown.now.error?.code).toBe('INVALID_INPUT'))
    expect([shown.now.view, shown.now.state]).toEqual([view, 'open'])
    shown.rerender(query)
    await waitFor(() => expect(shown.now.error).toBe(undefined))
    expect(view.columnMs).toBe(1_000)
    expect([...view.points('left', 'peak').values]).toEqual([1, 2])
  })

  it('[RCT29] a refusal for good says so, and another query asks anew', async () => {
    await using here = await openClub()
    const wrong = { ...query, keys: ['middle'] } as unknown as ViewQuery<Level>
    const shown = show(useLevel, { client: here.client(), props: wrong })
    await waitFor(() => expect(shown.now.state).toBe('refused'))
    expect([shown.now.view, shown.now.error?.code]).toEqual([undefined, 'INVALID_INPUT'])
    shown.rerender(query)
    await waitFor(() => expect(shown.now.state).toBe('open'))
    expect(shown.now.error).toBe(undefined)
  })

  it('[RCT29] a refusal that passes is asked again', async () => {
    await using here = await openClub()
    const client = here.client()
    const room = client.use(club).room('tape', { id: 'a' })
    await room.join()
    const others = await Promise.all(Array.from({ length: 64 }, () => room.series('level').view(query)))
    const shown = show(useLevel, { client, props: query })
    await waitFor(() => expect(shown.now.error?.code).toBe('OVERLOADED'))
    expect(shown.now.state).toBe('opening')
    for (const other of others) other.close()
    await waitFor(() => expect(shown.now.state).toBe('open'))
    expect(shown.now.error).toBe(undefined)
  })

  it('[RCT29] code that cannot be loaded now is asked for again', async () => {
    await using here = await openClub()
    const client = here.client()
    const room = client.use(club).room('tape', { id: 'a' })
    const load = room.series.bind(room)
    Object.assign(room, {
      series: () => {
        Object.assign(room, { series: load })
        return { view: () => Promise.reject(new TypeError('Failed to fetch dynamically imported module')) }
      },
    })
    const shown = show(useLevel, { client, props: query })
    await waitFor(() => expect(shown.now.error?.cause).toBeInstanceOf(TypeError))
    expect(shown.now.state).toBe('opening')
    await waitFor(() => expect(shown.now.state).toBe('open'))
  })

  it('[RCT29] the view goes with the room, and comes back with it', async () => {
    await using here = await openClub()
    const client = here.client()
    const useBoth = () => {
      const { room, status, retry } = useRoom(club, 'tape', { id: 'a' })
      return { ...useSeriesView(room, 'level', query), status, retry }
    }
    const shown = show(useBoth, { client })
    await waitFor(() => expect(shown.now.state).toBe('open'))
    const first = shown.now.view
    here.server.room(club, 'tape', { id: 'a' }).kick({ userId: 'ada' })
    await waitFor(() => expect(shown.now.status).toBe('refused'))
    expect(shown.now.view).toBe(undefined)
    act(() => shown.now.retry())
    await waitFor(() => expect(shown.now.state).toBe('open'))
    expect(shown.now.view).not.toBe(first)
  })
})
