// @vitest-environment happy-dom
import { expect, it } from 'vitest'
import runtime from 'react-refresh/runtime'
// React looks for the runtime when it is loaded.
runtime.injectIntoGlobalHook(globalThis)
const { render, screen, act, waitFor } = await import('@testing-library/react')
const { StrictMode, useState } = await import('react')
const { MillraceProvider, useConnection, useHistory, useRoom } = await import('../src/index.ts')
const { boardRows } = await import('./support/board-rows.ts')
const { club } = await import('./support/club.ts')
const { openClub } = await import('./support/open-club.ts')

/** What a bundler's plugin does with a component of a changed module. */
function define<P>(id: string, signature: string, component: (props: P) => React.ReactNode) {
  const sign = runtime.createSignatureFunctionForTransform()
  sign(component, signature)
  runtime.register(component, id)
  return component
}

it('[RCT1, RCT6] keeps connection, room and rows over fast refresh', async () => {
  await using here = await openClub(2)
  let made = 0
  const make = () => {
    made += 1
    return here.client()
  }
  function useBoard() {
    const joined = useRoom(club, 'board', { id: 'a' }, { presence: { status: 'active' } })
    const { state } = useConnection()
    return `${state} ${joined.status} ${useHistory(joined, boardRows(joined.room)).rows.length}`
  }
  const Page = define('page', 'provider', () => (
    <MillraceProvider client={make}>
      <Board />
    </MillraceProvider>
  ))
  const Board = define('board', 'room', () => <p>{`old ${useBoard()}`}</p>)
  render(
    <StrictMode>
      <Page />
    </StrictMode>,
  )
  await screen.findByText('old connected joined 2')

  define('board', 'room', () => <p>{`new ${useBoard()}`}</p>)
  act(() => void runtime.performReactRefresh())
  expect(screen.getByText('new connected joined 2')).toBeDefined()

  // Another order of hooks: React mounts the component anew.
  define('board', 'state, room', () => {
    const [text] = useState('newest')
    return <p>{`${text} ${useBoard()}`}</p>
  })
  act(() => void runtime.performReactRefresh())
  await screen.findByText('newest connected joined 2')

  here.notes.fill(1)
  await here.server.room(club, 'board', { id: 'a' }).publish('note', { id: 'x', seq: 3, rev: 1, text: 'x' })
  await waitFor(() => screen.getByText('newest connected joined 3'))
  expect([made, here.notes.joins, here.notes.leaves]).toEqual([1, 1, 0])
})
