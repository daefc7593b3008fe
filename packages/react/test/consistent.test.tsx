// @vitest-environment happy-dom
import { createOutbox, memoryOutbox } from '@millrace/client/outbox'
import { render, screen } from '@testing-library/react'
import { startTransition, useLayoutEffect, useState } from 'react'
import { expect, it } from 'vitest'
import { MillraceProvider, useHistory, useKeptRequests, useRoom } from '../src/index.ts'
import { boardRows } from './support/board-rows.ts'
import { club } from './support/club.ts'
import { openClub } from './support/open-club.ts'

it('[RCT16] shows the same everywhere, though something arrives in the middle of a rendering', async () => {
  await using here = await openClub(2)
  here.notes.before = () => new Promise(() => {})
  const client = here.client()
  const outbox = createOutbox(client, club, {
    store: memoryOutbox(),
    joins: { board: { presence: { status: 'away' } } },
  })
  const order: string[] = []
  let isArmed = false
  function Part({ n, round }: { readonly n: number; readonly round: number }) {
    const joined = useRoom(club, 'board', { id: 'a' }, { presence: { status: 'active' } })
    const { rows } = useHistory(joined, boardRows(joined.room))
    const waiting = useKeptRequests(club)
    // Long enough for React to hand over to the browser between parts.
    for (const until = performance.now() + 8; performance.now() < until;);
    order.push(`part ${n}`)
    if (isArmed && n === 4) {
      isArmed = false
      setImmediate(() => {
        order.push('sent')
        outbox.send('board', { id: 'a' }, 'add', { text: 'x' })
      })
    }
    return <li>{`${round}: ${rows.length} rows, ${waiting.length} waiting`}</li>
  }
  const commits: string[] = []
  let go = (_: number) => {}
  function Parts() {
    const [round, setRound] = useState(0)
    go = setRound
    useLayoutEffect(() => {
      commits.push([...new Set([...document.querySelectorAll('li')].map(({ textContent }) => textContent))].join(' | '))
    })
    return Array.from({ length: 10 }, (_, n) => <Part key={n} n={n} round={round} />)
  }
  render(
    <MillraceProvider client={client} outbox={outbox}>
      <Parts />
    </MillraceProvider>,
  )
  await screen.findAllByText('0: 2 rows, 0 waiting')
  order.length = 0
  isArmed = true
  startTransition(() => go(1))
  expect((await screen.findAllByText('1: 3 rows, 1 waiting')).length).toBe(10)
  expect(order.indexOf('sent')).toBeGreaterThan(order.indexOf('part 4'))
  expect(order.indexOf('sent')).toBeLessThan(order.indexOf('part 9'))
  expect(commits.filter((texts) => texts.includes('|'))).toEqual([])
  await outbox.close()
})
