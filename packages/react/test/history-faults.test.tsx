// @vitest-environment happy-dom
import { createPair, type Pair, type PairClient } from '@millrace/testing'
import { logFaults, type EventLog, type LogFaults } from '@millrace/server'
import { roomKey } from '@millrace/contract'
import { act, cleanup, render, screen, waitFor } from '@testing-library/react'
import { Component, type ReactNode } from 'react'
import { describe, expect, it } from 'vitest'
import { MillraceProvider, useHistory, useRoom, type HistoryOptions } from '../src/index.ts'
import { boardRows, type Board } from './support/board-rows.ts'
import { club, clubApp, Notes, type Note } from './support/club.ts'
import { createGate } from './support/gate.ts'
import { openClub } from './support/open-club.ts'
import { show } from './support/show.tsx'

const active = { presence: { status: 'active' } } as const
const seqs = ({ rows }: { readonly rows: readonly { readonly value: Note }[] }) => rows.map(({ value }) => value.seq)

interface Stage extends AsyncDisposable {
  readonly pair: Pair
  readonly notes: Notes
  readonly ada: PairClient
  /** While the client is away the log goes back in time, to this offset. */
  rewind(kind: 'board' | 'tape', offset: number, meanwhile: () => Promise<unknown>): Promise<void>
}

async function openStage(count: number): Promise<Stage> {
  const notes = new Notes()
  notes.fill(count)
  const pair = await createPair({ implementations: [clubApp(notes)] })
  const ada = pair.client({ auth: { user: 'ada' } })
  return {
    pair,
    notes,
    ada,
    async rewind(kind, offset, meanwhile) {
      ada.cable.isPlugged = false
      ada.cable.cut()
      const { log } = await pair.openStore()
      const faults = (log as EventLog & { readonly [logFaults]: LogFaults })[logFaults]
      await faults.rewind(roomKey(club.namespace, kind, { id: 'a' }), offset)
      await meanwhile()
      ada.cable.isPlugged = true
      await pair.run(30_000)
    },
    async [Symbol.asyncDispose]() {
      cleanup()
      await pair[Symbol.asyncDispose]()
    },
  }
}

describe('gaps', () => {
  it('[RCT8, RCT21] begins again from the snapshot, and drops a page from before', async () => {
    await using stage = await openStage(7)
    const { pair, notes, ada } = stage
    const gate = createGate()
    const useRows = () => {
      const joined = useRoom(club, 'board', { id: 'a' }, active)
      const rows = boardRows(joined.room)
      const older = async () => {
        await gate.opened
        return { values: [{ id: 'n1', seq: 1, rev: 1, text: 'stale' }], hasMore: true }
      }
      return { ...useHistory(joined, { ...rows, older }), snapshot: joined.snapshot }
    }
    const shown = show(useRows, { client: ada.client, isStrict: true })
    await act(() => pair.flush())
    await waitFor(() => expect(seqs(shown.now)).toEqual([3, 4, 5, 6, 7]))
    const page = shown.now.loadOlder()
    const board = pair.room(club, 'board', { id: 'a' })
    await board.publish('note', notes.write('lost', 'x'))
    await act(() => pair.flush())
    notes.all.pop()
    await stage.rewind('board', 0, async () => {
      for (let n = 0; n < 10; n++) await board.publish('note', notes.write(`late ${n}`, 'x'))
    })
    await waitFor(() => expect(seqs(shown.now)).toEqual([13, 14, 15, 16, 17]))
    expect(shown.now.snapshot?.notes[0]?.seq).toBe(13)
    gate.open()
    await act(() => page)
    expect(shown.now).toMatchObject({ isLoadingOlder: false, hasOlder: true })
    expect(seqs(shown.now)).toEqual([13, 14, 15, 16, 17])
    await board.publish('note', notes.write('newest', 'x'))
    await act(() => pair.flush())
    await waitFor(() => expect(seqs(shown.now).at(-1)).toBe(18))
  })

  it('[RCT18, RCT21] begins again with the newest page where there is no snapshot', async () => {
    await using stage = await openStage(0)
    const { pair, ada } = stage
    const tape = pair.room(club, 'tape', { id: 'a' })
    const publish = async (...numbers: readonly number[]) => {
      for (const seq of numbers) await tape.publish('note', { id: `n${seq}`, seq, rev: 1, text: '' })
    }
    await publish(1, 2)
    const useRows = () => useHistory(useRoom(club, 'tape', { id: 'a' }), { event: 'note', id: ({ id }) => id })
    const shown = show(useRows, { client: ada.client })
    await act(() => pair.run(1_000))
    await waitFor(() => expect(seqs(shown.now)).toEqual([1, 2]))
    await stage.rewind('tape', 1, () => publish(6))
    await act(() => pair.run(1_000))
    await waitFor(() => expect(seqs(shown.now)).toEqual([1, 6]))
  })

  it('[RCT18] asks for a first page that failed again, once the client is back', async () => {
    await using stage = await openStage(0)
    const { pair, ada } = stage
    await pair.room(club, 'tape', { id: 'a' }).publish('note', { id: 'n1', seq: 1, rev: 1, text: '' })
    const useRows = () => useHistory(useRoom(club, 'tape', { id: 'a' }), { event: 'note', id: ({ id }) => id })
    const shown = show(useRows, { client: ada.client })
    let isAnswerHeld = false
    pair.onPacket((_wire, direction, packet) => {
      if (isAnswerHeld || direction !== 'up' || !JSON.stringify(packet).includes('~history')) return
      isAnswerHeld = true
      ada.cable.hold('down')
    })
    await act(() => pair.flush())
    await waitFor(() => expect(shown.now.isLoadingOlder).toBe(true))
    await act(() => pair.run(11_000))
    await waitFor(() => expect(shown.now).toMatchObject({ isLoadingOlder: false, olderError: { code: 'TIMEOUT' } }))
    ada.cable.release()
    ada.cable.cut()
    await act(() => pair.run(30_000))
    await waitFor(() => expect(seqs(shown.now)).toEqual([1]))
  })
})

class Boundary extends Component<{ readonly children: ReactNode }, { readonly message: string | undefined }> {
  override state = { message: undefined }
  static getDerivedStateFromError(error: Error) {
    return { message: error.message }
  }
  override render() {
    return this.state.message === undefined ? this.props.children : <p>{this.state.message}</p>
  }
}

describe('functions of the application', () => {
  const faulty: Partial<HistoryOptions<Board, 'note'>>[] = [
    {
      fromSnapshot: () => {
        throw new Error('no such row')
      },
    },
    {
      id: () => {
        throw new Error('no such row')
      },
    },
    {
      compare: () => {
        throw new Error('no such row')
      },
    },
  ]
  it.each(faulty)('[RCT24] throws where the component renders: %o', async (option) => {
    await using here = await openClub(2)
    function Rows() {
      const joined = useRoom(club, 'board', { id: 'a' }, active)
      const { rows } = useHistory(joined, { ...boardRows(joined.room), ...option })
      return <p>{rows.length}</p>
    }
    render(
      <MillraceProvider client={here.client()}>
        <Boundary>
          <Rows />
        </Boundary>
      </MillraceProvider>,
      { onCaughtError: () => {} },
    )
    await screen.findByText('no such row')
    expect(here.errors).toEqual([])
  })
})
