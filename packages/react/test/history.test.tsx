// @vitest-environment happy-dom
import type { Client } from '@millrace/client'
import { waitFor } from '@testing-library/react'
import { describe, expect, it } from 'vitest'
import { useHistory, useRoom } from '../src/index.ts'
import { boardRows } from './support/board-rows.ts'
import { club, type Note } from './support/club.ts'
import { createGate } from './support/gate.ts'
import { openClub, type OpenClub } from './support/open-club.ts'
import { show } from './support/show.tsx'

const active = { presence: { status: 'active' } } as const
const useBoard = () => useRoom(club, 'board', { id: 'a' }, active)
function useRows() {
  const joined = useBoard()
  return useHistory(joined, boardRows(joined.room))
}
const seqs = ({ rows }: { readonly rows: readonly { readonly value: Note }[] }) => rows.map(({ value }) => value.seq)
const note = (seq: number, rev = 1): Note => ({ id: `n${seq}`, seq, rev, text: `note ${seq}, version ${rev}` })
const range = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, index) => from + index)

function publish({ server }: OpenClub, ...notes: readonly Note[]) {
  const board = server.room(club, 'board', { id: 'a' })
  return Promise.all(notes.map((one) => board.publish('note', one)))
}

describe('from a snapshot', () => {
  it('[RCT17] has its rows and every event after it', async () => {
    await using here = await openClub(3)
    const shown = show(useRows, { client: here.client(), isStrict: true })
    expect(shown.all[0]).toMatchObject({ rows: [], hasOlder: false })
    await waitFor(() => expect(seqs(shown.now)).toEqual([1, 2, 3]))
    await publish(here, note(4), note(5))
    await waitFor(() => expect(seqs(shown.now)).toEqual([1, 2, 3, 4, 5]))
    expect(shown.now).toMatchObject({ hasOlder: false, olderError: undefined })
    expect(shown.now.rows.every(({ state, id, value }) => state === 'stored' && id === value.id)).toBe(true)
  })

  it.each([40, 2_000])('[RCT17] has them all where the component comes %i events late', async (count) => {
    await using here = await openClub(3)
    const client = here.client()
    const first = show(useBoard, { client })
    await waitFor(() => expect(first.now.status).toBe('joined'))
    let heard = 0
    client
      .use(club)
      .room('board', { id: 'a' })
      .on('note', () => (heard += 1))
    await publish(here, ...range(4, count).map((seq) => note(seq)), note(2, 7))
    await waitFor(() => expect(heard).toBe(count - 2))
    const shown = show(useRows, { client })
    await waitFor(() => expect(seqs(shown.now)).toEqual(range(1, count)))
    expect(shown.now.rows[1]?.value.rev).toBe(7)
    expect(here.notes.joins).toBe(1)
  })

  it('[RCT26] shows what the page had before until the first join is answered', async () => {
    await using here = await openClub(3)
    const useRemembered = () => {
      const joined = useBoard()
      return useHistory(joined, { ...boardRows(joined.room), initial: [note(1), note(9)] })
    }
    const shown = show(useRemembered, { client: here.client() })
    expect(shown.all[0]).toMatchObject({ rows: [{ id: 'n1', state: 'stored' }, { id: 'n9' }], hasOlder: false })
    await waitFor(() => expect(seqs(shown.now)).toEqual([1, 2, 3]))
  })

  it('[RCT17] may be a list, with older rows unknown', async () => {
    await using here = await openClub(6)
    const useList = () => {
      const joined = useBoard()
      const { room } = joined
      return useHistory(joined, { ...boardRows(room), fromSnapshot: ({ notes }) => notes })
    }
    const shown = show(useList, { client: here.client() })
    await waitFor(() => expect(shown.now.hasOlder).toBe(true))
    expect(seqs(shown.now)).toEqual([2, 3, 4, 5, 6])
    await shown.now.loadOlder()
    await waitFor(() => expect(shown.now).toMatchObject({ hasOlder: false, rows: { length: 6 } }))
  })
})

describe('older pages', () => {
  it('[RCT19] puts them in front, and shares a page that is on its way', async () => {
    await using here = await openClub(12)
    const gate = createGate()
    let asked = 0
    here.notes.before = (name) => {
      if (name !== 'list') return
      asked += 1
      return gate.opened
    }
    const shown = show(useRows, { client: here.client() })
    await waitFor(() => expect(seqs(shown.now)).toEqual(range(8, 12)))
    const pages = [shown.now.loadOlder(), shown.now.loadOlder()]
    await waitFor(() => expect(shown.now).toMatchObject({ isLoadingOlder: true, hasOlder: true }))
    gate.open()
    await Promise.all(pages)
    await waitFor(() => expect(seqs(shown.now)).toEqual(range(3, 12)))
    expect(shown.now).toMatchObject({ isLoadingOlder: false, hasOlder: true })
    expect(asked).toBe(1)
    await shown.now.loadOlder()
    await waitFor(() => expect(seqs(shown.now)).toEqual(range(1, 12)))
    expect(shown.now.hasOlder).toBe(false)
    await shown.now.loadOlder()
    expect(asked).toBe(2)
  })

  it('[RCT19, RCT24] tells what failed, and tries again', async () => {
    await using here = await openClub(7)
    const faults = [new Error('the page is on fire')]
    const useFaulty = () => {
      const joined = useBoard()
      const { older, ...rows } = boardRows(joined.room)
      return useHistory(joined, {
        ...rows,
        older: (oldest) => {
          const fault = faults.pop()
          if (fault) throw fault
          return older!(oldest)
        },
      })
    }
    const shown = show(useFaulty, { client: here.client() })
    await waitFor(() => expect(shown.now.hasOlder).toBe(true))
    await shown.now.loadOlder()
    const fault = { code: 'INTERNAL', message: 'the page is on fire' }
    await waitFor(() => expect(shown.now).toMatchObject({ olderError: fault, hasOlder: true, isLoadingOlder: false }))
    await shown.now.loadOlder()
    await waitFor(() => expect(seqs(shown.now)).toEqual(range(1, 7)))
    expect(shown.now.olderError).toBeUndefined()
  })

  it('[RCT20] takes the newer version, whatever order they come in', async () => {
    await using here = await openClub(12)
    const shown = show(useRows, { client: here.client() })
    await waitFor(() => expect(seqs(shown.now)).toEqual(range(8, 12)))
    await publish(here, note(9, 3), note(9, 2), note(5, 4), note(13))
    // A new version of a row that nobody asked for yet would stand there alone.
    await waitFor(() => expect(seqs(shown.now)).toEqual(range(8, 13)))
    expect(shown.now.rows[1]?.value.rev).toBe(3)
    await shown.now.loadOlder()
    await waitFor(() => expect(seqs(shown.now)).toEqual(range(3, 13)))
    expect(shown.now.rows[2]?.value.rev).toBe(4)
  })
})

describe('without a snapshot', () => {
  const useTape = (client: Client) => {
    void client
    const joined = useRoom(club, 'tape', { id: 'a' })
    return useHistory(joined, { event: 'note', id: ({ id }) => id })
  }
  const record = async ({ server }: OpenClub, from: number, to: number) => {
    const tape = server.room(club, 'tape', { id: 'a' })
    for (const seq of range(from, to)) {
      await tape.publish('note', note(seq))
      await tape.publish('mark', { id: `m${seq}` })
    }
    return tape
  }

  it('[RCT18, RCT19] begins with the newest page and goes back page by page', async () => {
    await using here = await openClub()
    await record(here, 1, 60)
    const client = here.client()
    const shown = show(() => useTape(client), { client, isStrict: true })
    await waitFor(() => expect(seqs(shown.now)).toEqual(range(36, 60)))
    expect(shown.now.hasOlder).toBe(true)
    await record(here, 61, 61)
    await waitFor(() => expect(seqs(shown.now)).toEqual(range(36, 61)))
    await shown.now.loadOlder()
    await waitFor(() => expect(seqs(shown.now)).toEqual(range(11, 61)))
    await shown.now.loadOlder()
    await waitFor(() => expect(seqs(shown.now)).toEqual(range(1, 61)))
    expect(shown.now.hasOlder).toBe(false)
  })

  it('[RCT19] goes on to the next page where one has no rows', async () => {
    await using here = await openClub()
    const tape = await record(here, 1, 3)
    for (let n = 0; n < 120; n++) await tape.publish('mark', { id: `x${n}` })
    const client = here.client()
    const shown = show(() => useTape(client), { client })
    await waitFor(() => expect(seqs(shown.now)).toEqual([1, 2, 3]))
    expect(shown.now.hasOlder).toBe(false)
  })

  it('[RCT20] keeps the place of a row that has a new version', async () => {
    await using here = await openClub()
    const tape = await record(here, 1, 3)
    await tape.publish('note', note(1, 2))
    const client = here.client()
    const shown = show(() => useTape(client), { client })
    await waitFor(() => expect(seqs(shown.now)).toEqual([1, 2, 3]))
    expect(shown.now.rows[0]?.value.rev).toBe(2)
    await tape.publish('note', note(2, 2))
    await waitFor(() => expect(shown.now.rows[1]?.value.rev).toBe(2))
    expect(seqs(shown.now)).toEqual([1, 2, 3])
  })
})
