// @vitest-environment happy-dom
import { createClient, type Client } from '@millrace/client'
import { createOutbox, memoryOutbox } from '@millrace/client/outbox'
import { defineContract } from '@millrace/contract'
import { cleanup, render, screen, waitFor } from '@testing-library/react'
import { Activity, StrictMode } from 'react'
import { afterEach, describe, expect, it } from 'vitest'
import { MillraceProvider, useClient, useConnection, useOutbox, useRoom } from '../src/index.ts'
import { club } from './support/club.ts'
import { openClub } from './support/open-club.ts'
import { show } from './support/show.tsx'

afterEach(cleanup)

function Board() {
  const { state } = useConnection()
  const { status } = useRoom(club, 'board', { id: 'a' }, { presence: { status: 'active' } })
  return <p>{`${state} ${status}`}</p>
}

describe('provider', () => {
  it('[RCT1] makes one client and closes it in the end, also under StrictMode', async () => {
    await using here = await openClub()
    const made: Client[] = []
    const make = () => {
      made.push(here.client())
      return made[0]!
    }
    const page = () => (
      <StrictMode>
        <MillraceProvider client={() => make()}>
          <Board />
        </MillraceProvider>
      </StrictMode>
    )
    const { rerender, unmount } = render(page())
    await screen.findByText('connected joined')
    rerender(page())
    expect(made.length).toBe(1)
    expect(made[0]?.state.state).toBe('connected')
    unmount()
    await waitFor(() => expect(made[0]?.state.state).toBe('closed'))
    expect(made.length).toBe(1)
  })

  it('[RCT1] leaves a client open that it was given', async () => {
    await using here = await openClub()
    const client = here.client()
    const { unmount } = render(
      <MillraceProvider client={client}>
        <Board />
      </MillraceProvider>,
    )
    await screen.findByText('connected joined')
    unmount()
    await here.roundTrip(client)
    expect(client.state.state).toBe('connected')
  })

  it('[RCT1] comes back with another client after it was hidden', async () => {
    await using here = await openClub()
    const made: Client[] = []
    const make = () => {
      const client = here.client()
      made.push(client)
      return client
    }
    const page = (mode: 'visible' | 'hidden') => (
      <Activity mode={mode}>
        <MillraceProvider client={make}>
          <Board />
        </MillraceProvider>
      </Activity>
    )
    const { rerender } = render(page('visible'))
    await screen.findByText('connected joined')
    rerender(page('hidden'))
    await waitFor(() => expect(made[0]?.state.state).toBe('closed'))
    rerender(page('visible'))
    await screen.findByText('connected joined')
    expect(made.length).toBe(2)
  })
})

describe('what is missing', () => {
  it('[RCT2] says so while rendering', () => {
    const client = createClient()
    const outbox = createOutbox(client, club, {
      store: memoryOutbox(),
      joins: { board: { presence: { status: 'away' } } },
    })
    const other = defineContract({ namespace: '/other' })
    function Lost() {
      return <p>{useClient().state.state}</p>
    }
    expect(() => render(<Lost />)).toThrow(/no MillraceProvider above/)
    expect(() => show(() => useOutbox(club), { client })).toThrow(/no outbox; give it outbox=/)
    expect(() => show(() => useOutbox(other), { client, outbox })).toThrow(/is for \/club; give it .* of \/other/)
    expect(show(() => useOutbox(club), { client, outbox }).now).toBe(outbox)
    const wrong = { id: 7 as unknown as string }
    expect(() => show(() => useRoom(club, 'tape', wrong), { client })).toThrow(/parameters of room tape/)
  })
})

describe('useConnection', () => {
  it('[RCT3] gives every state', async () => {
    await using here = await openClub()
    const client = here.client()
    const shown = show(() => useConnection(), { client })
    expect(shown.now).toEqual({ state: 'idle' })
    client.use(club)
    await client.connect()
    await waitFor(() => expect(shown.now.state).toBe('connected'))
    await client.close()
    await waitFor(() => expect(shown.now).toEqual({ state: 'closed' }))
    expect(shown.all.map(({ state }) => state)).toContain('connecting')
  })
})
