// @vitest-environment happy-dom
import { createOutbox, memoryOutbox } from '@millrace/client/outbox'
import { render, screen, waitFor } from '@testing-library/react'
import { startTransition, useLayoutEffect, useState } from 'react'
import { expect, it } from 'vitest'
import { MillraceProvider, useHistory, useKeptRequests, useRoom } from '../src/index.ts'
import { boardRows } from './support/board-rows.ts'
import { club } from './support/club.ts'
import { openClub } from './support/open-club.ts'

it.each(['rows', 'waiting'])(
  '[RCT16] shows the same %s, though one comes in the middle of a rendering',
  async (kind) => {
    await using here = await openClub(2)
    here.notes.before = () => new Promise(() => {})
    const client = here.client()
    const outbox = createOutbox(client, club, {
      store: memoryOutbox(),
      joins: { board: { presence: { status: 'away' } } },
    })
    const order: string[] = []
    let isArmed = false
    /** Long enough for React to let others run between two parts. */
    function work(n: number) {
      for (const until = performance.now() + 8; performance.now() < until;);
      order.push(`part ${n}`)
      if (!isArmed || n !== 4) return
      isArmed = false
      setImmediate(() => {
        order.push('sent')
        outbox.send('board', { id: 'a' }, 'add', { text: 'x' })
      })
    }
    function Rows({ n, round }: { readonly n: number; readonly round: number }) {
      const joined = useRoom(club, 'board', { id: 'a' }, { presence: { status: 'active' } })
      const { rows } = useHistory(joined, boardRows(joined.room))
      work(n)
      return <li>{`${round}: ${rows.length - 2} more`}</li>
    }
    function Waiting({ n, round }: { readonly n: number; readonly round: number }) {
      const waiting = useKeptRequests(club)
      work(n)
      return <li>{`${round}: ${waiting.length} more`}</li>
    }
    const commits: string[] = []
    let go = (_: number) => {}
    function Parts() {
      const [round, setRound] = useState(0)
      go = setRound
      useLayoutEffect(() => {
        commits.push(
          [...new Set([...document.querySelectorAll('li')].map(({ textContent }) => textContent))].join(' | '),
        )
      })
      const Part = kind === 'rows' ? Rows : Waiting
      return Array.from({ length: 10 }, (_, n) => <Part key={n} n={n} round={round} />)
    }
    render(
      <MillraceProvider client={client} outbox={outbox}>
        <Parts />
      </MillraceProvider>,
    )
    await waitFor(() => expect(screen.getAllByText('0: 0 more').length).toBe(10))
    commits.length = 0
    order.length = 0
    isArmed = true
    startTransition(() => go(1))
    await waitFor(() => expect(screen.getAllByText('1: 1 more').length).toBe(10))
    expect(order.indexOf('sent')).toBeGreaterThan(order.indexOf('part 4'))
    expect(order.indexOf('sent')).toBeLessThan(order.indexOf('part 9'))
    expect(commits.filter((texts) => texts.includes('|'))).toEqual([])
    await outbox.close()
  },
)
