// @vitest-environment happy-dom
import { createOutbox, memoryOutbox, type Outbox } from '@millrace/client/outbox'
import { fail } from '@millrace/contract'
import { render, screen, waitFor } from '@testing-library/react'
import { memo } from 'react'
import { describe, expect, it } from 'vitest'
import { MillraceProvider, useHistory, useRoom, type Row } from '../src/index.ts'
import { boardRows } from './support/board-rows.ts'
import { club, type Note } from './support/club.ts'
import { createGate } from './support/gate.ts'
import { openClub, type OpenClub } from './support/open-club.ts'
import { show } from './support/show.tsx'

const active = { presence: { status: 'active' } } as const
const a = { id: 'a' }
function useRows(id: string) {
  const joined = useRoom(club, 'board', { id }, active)
  return useHistory(joined, boardRows(joined.room)).rows
}
const told = (rows: readonly Row<Note>[]) => rows.map(({ state, value }) => `${value.text} ${state}`)

function open(here: OpenClub): { client: ReturnType<OpenClub['client']>; outbox: Outbox<typeof club> } {
  const client = here.client()
  const joins = { board: { presence: { status: 'away' } } } as const
  return { client, outbox: createOutbox(client, club, { store: memoryOutbox(), joins }) }
}

describe('requests that wait', () => {
  it('[RCT22] show in order, those of other rooms do not, and are stored with their answers', async () => {
    await using here = await openClub(1)
    const gate = createGate()
    here.notes.before = () => gate.opened
    const { client, outbox } = open(here)
    const shown = show(useRows, { client, outbox, isStrict: true, props: 'a' })
    const key = outbox.send('board', a, 'add', { text: 'first' })
    outbox.send('board', a, 'add', { text: 'second' })
    outbox.send('board', a, 'edit', { id: key, text: 'first, edited' })
    outbox.send('board', { id: 'b' }, 'add', { text: 'elsewhere' })
    await waitFor(() => expect(told(shown.now)).toEqual(['note 1 stored', 'first, edited pending', 'second pending']))
    gate.open()
    await waitFor(() => expect(told(shown.now)).toEqual(['note 1 stored', 'first, edited stored', 'second stored']))
    expect(shown.now[1]).toMatchObject({ id: key, value: { rev: 2 } })
    expect(shown.now[1]).not.toHaveProperty('request')
    const counts = new Set(shown.all.map(({ length }) => length))
    expect(Math.max(...counts)).toBe(3)
    await outbox.close()
  })

  it('[RCT22] is stored once where its event comes before its answer', async () => {
    await using here = await openClub()
    const gate = createGate()
    here.notes.afterPublish = () => gate.opened
    const { client, outbox } = open(here)
    const shown = show(useRows, { client, outbox, props: 'a' })
    outbox.send('board', a, 'add', { text: 'x' })
    await waitFor(() => expect(told(shown.now)).toEqual(['x stored']))
    expect(outbox.requests().length).toBe(1)
    const renderings = shown.all.length
    gate.open()
    await waitFor(() => expect(outbox.requests()).toEqual([]))
    expect(shown.all.slice(renderings).every((rows) => rows === shown.now)).toBe(true)
    await outbox.close()
  })

  it('[RCT22] is stored once where its answer comes before its event', async () => {
    await using here = await openClub()
    const gate = createGate()
    here.notes.beforePublish = () => gate.opened
    const { client, outbox } = open(here)
    const shown = show(useRows, { client, outbox, props: 'a' })
    const key = outbox.send('board', a, 'add', { text: 'x' })
    await waitFor(() => expect(told(shown.now)).toEqual(['x stored']))
    expect(outbox.requests()).toEqual([])
    const [row] = shown.now
    gate.open()
    const bob = here.client('bob').use(club).room('board', a)
    const heard = new Promise((resolve) => bob.on('note', (_, meta) => resolve(meta.key)))
    await bob.join(active)
    await here.server.room(club, 'board', a).publish('note', { id: 'y', seq: 2, rev: 1, text: 'y' })
    await heard
    await waitFor(() => expect(told(shown.now)).toEqual(['x stored', 'y stored']))
    expect(shown.now[0]).toBe(row)
    expect(row?.id).toBe(key)
    await outbox.close()
  })

  it('[RCT22] fails, is tried again, or is discarded', async () => {
    await using here = await openClub()
    here.notes.before = () => {
      throw fail('FORBIDDEN', 'not today')
    }
    const { client, outbox } = open(here)
    const shown = show(useRows, { client, outbox, props: 'a' })
    const key = outbox.send('board', a, 'add', { text: 'x' })
    const other = outbox.send('board', a, 'add', { text: 'y' })
    await waitFor(() => expect(told(shown.now)).toEqual(['x failed', 'y failed']))
    expect(shown.now[0]?.request).toMatchObject({ key, error: { code: 'FORBIDDEN', message: 'not today' } })
    here.notes.before = () => {}
    outbox.discard(other)
    outbox.retry(key)
    await waitFor(() => expect(told(shown.now)).toEqual(['x stored']))
    await outbox.close()
  })

  it('[RCT22] shows while the room is still being joined', async () => {
    await using here = await openClub(1)
    const gate = createGate()
    here.notes.whileJoining = () => gate.opened
    const { client, outbox } = open(here)
    const shown = show(useRows, { client, outbox, props: 'a' })
    outbox.send('board', a, 'add', { text: 'x' })
    await waitFor(() => expect(told(shown.now)).toEqual(['x pending']))
    gate.open()
    await waitFor(() => expect(told(shown.now)).toEqual(['note 1 stored', 'x stored']))
    await outbox.close()
  })
})

describe('identity', () => {
  it('[RCT23] keeps rows and list until something of them changes', async () => {
    await using here = await openClub(3)
    const gate = createGate()
    here.notes.before = () => gate.opened
    const { client, outbox } = open(here)
    const drawn: string[] = []
    const Line = memo(({ row }: { readonly row: Row<Note> }) => {
      drawn.push(`${row.value.text} ${row.state}`)
      return <li>{row.value.text}</li>
    })
    function Lines({ n }: { readonly n: number }) {
      const rows = useRows('a')
      return (
        <ul aria-label={String(n)}>
          {rows.map((row) => (
            <Line key={row.id} row={row} />
          ))}
        </ul>
      )
    }
    const page = (n: number) => (
      <MillraceProvider client={client} outbox={outbox}>
        <Lines n={n} />
      </MillraceProvider>
    )
    const { rerender } = render(page(0))
    await screen.findByText('note 3')
    expect(drawn.splice(0)).toEqual(['note 1 stored', 'note 2 stored', 'note 3 stored'])
    outbox.send('board', a, 'edit', { id: 'n2', text: 'two' })
    outbox.send('board', a, 'add', { text: 'x' })
    await screen.findByText('x')
    expect(drawn.splice(0).toSorted()).toEqual(['two pending', 'x pending'])
    rerender(page(1))
    expect(drawn).toEqual([])
    await here.server.room(club, 'board', a).publish('note', { id: 'y', seq: 9, rev: 1, text: 'y' })
    await screen.findByText('y')
    expect(drawn.splice(0)).toEqual(['y stored'])
    gate.open()
    await waitFor(() => expect(drawn.toSorted()).toEqual(['two stored', 'x stored']))
    await outbox.close()
  })

  it('[RCT23] gives the same list where nothing of it changed', async () => {
    await using here = await openClub(3)
    const { client, outbox } = open(here)
    const shown = show((_: number) => useRows('a'), { client, outbox, props: 0 })
    await waitFor(() => expect(shown.now.length).toBe(3))
    const before = shown.now
    let heard = 0
    client
      .use(club)
      .room('board', a)
      .on('note', () => (heard += 1))
    await here.server.room(club, 'board', { id: 'b' }).publish('note', { id: 'z', seq: 1, rev: 1, text: 'z' })
    await here.server.room(club, 'board', a).publish('note', { id: 'n2', seq: 2, rev: 1, text: 'the same version' })
    await waitFor(() => expect(heard).toBe(1))
    shown.rerender(1)
    expect(shown.now).toBe(before)
    await outbox.close()
  })
})
