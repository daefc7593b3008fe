import { fail } from '@millrace/contract'
import { manualClock } from '@millrace/testing'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { Awareness } from 'y-protocols/awareness'
import * as Y from 'yjs'
import type { DocumentMember } from '../../src/client/document-room.ts'
import { OwnState } from '../../src/client/own-state.ts'
import { RemoteStates } from '../../src/client/remote-states.ts'
import type { AwarenessState } from '../../src/contract/index.ts'

function awarenessOf(clientId: number): Awareness {
  const doc = new Y.Doc()
  doc.clientID = clientId
  return new Awareness(doc)
}

afterEach(() => {
  vi.useRealTimers()
})

describe('RemoteStates', () => {
  const member = (id: string, name: string, ...states: AwarenessState[]): DocumentMember => ({
    id,
    user: { name },
    metas: states.map((state, nth) => ({ id: `${id}${nth}`, state })),
  })

  function shown() {
    const awareness = awarenessOf(1)
    const changes: unknown[] = []
    awareness.on('change', (change: unknown, origin: unknown) => changes.push([change, origin]))
    return { awareness, changes, remote: new RemoteStates(awareness, 'provider') }
  }

  it('[DOC117] shows members under their client ids, with the user that the server names', () => {
    const { awareness, changes, remote } = shown()
    const forged = { clientId: 3, state: { cursor: 5, user: { name: 'Ada' } } }
    remote.show([member('ada', 'Ada', { clientId: 2, state: { cursor: 1 } }), member('eve', 'Eve', forged)])
    expect([...awareness.getStates()].filter(([client]) => client !== 1)).toEqual([
      [2, { cursor: 1, user: { name: 'Ada' } }],
      [3, { cursor: 5, user: { name: 'Eve' } }],
    ])
    expect(changes).toEqual([[{ added: [2, 3], updated: [], removed: [] }, 'provider']])
    awareness.destroy()
  })

  it('[DOC117] tells what changed and who left, and nothing where nothing did', () => {
    const { awareness, changes, remote } = shown()
    const ada = member('ada', 'Ada', { clientId: 2, state: {} }, { clientId: 4, state: {} })
    const ben = member('ben', 'Ben', { clientId: 3, state: null })
    remote.show([ada, ben])
    remote.show([ada, ben])
    remote.show([member('ada', 'Ada', { clientId: 2, state: { cursor: 1 } }), ben])
    remote.clear()
    expect(changes).toEqual([
      [{ added: [2, 4], updated: [], removed: [] }, 'provider'],
      [{ added: [], updated: [2], removed: [4] }, 'provider'],
      [{ added: [], updated: [], removed: [2] }, 'provider'],
    ])
    expect([...awareness.getStates().keys()]).toEqual([1])
    awareness.destroy()
  })

  it('[DOC117] never replaces the local state', () => {
    const { awareness, changes, remote } = shown()
    awareness.setLocalState({ own: true })
    changes.length = 0
    remote.show([member('me', 'Me', { clientId: 1, state: { own: false } })])
    remote.clear()
    expect([awareness.getLocalState(), changes]).toEqual([{ own: true }, []])
    awareness.destroy()
  })

  it('[DOC117] a member that is still stays, however long', () => {
    vi.useFakeTimers()
    const { awareness, remote } = shown()
    remote.show([member('ada', 'Ada', { clientId: 2, state: {} })])
    vi.advanceTimersByTime(600_000)
    expect(awareness.getStates().has(2)).toBe(true)
    awareness.destroy()
  })
})

describe('OwnState', () => {
  function own() {
    const awareness = awarenessOf(1)
    const clock = manualClock()
    const sent: unknown[] = []
    const send = async ({ state: told }: AwarenessState) => void sent.push(told)
    const state = new OwnState({ awareness, spareId: 99, clock, send, report: (thrown) => sent.push(thrown) })
    awareness.on('change', () => state.changed())
    return { awareness, clock, sent, state }
  }

  it('[DOC116] tells at most ten states a second, and always the last one', () => {
    const { awareness, clock, sent, state } = own()
    expect(state.joining()).toEqual({ clientId: 1, state: {} })
    state.joined()
    expect(sent).toEqual([])
    for (let at = 0; at <= 1_000; at += 10) {
      awareness.setLocalStateField('at', at)
      clock.advance(10)
    }
    expect(sent.length).toBeLessThanOrEqual(12)
    clock.advance(100)
    expect(sent.at(-1)).toEqual({ at: 1_000 })
    expect(clock.timerCount).toBe(0)
    awareness.destroy()
  })

  it('[DOC116] a refusal that comes when the client is out by then is no fault', async () => {
    const awareness = awarenessOf(1)
    const reported: unknown[] = []
    const send = () => Promise.reject(fail('FORBIDDEN', 'join the room first'))
    const clock = manualClock()
    const parts = { awareness, spareId: 99, clock, send }
    const state = new OwnState({ ...parts, report: (thrown) => reported.push(thrown) })
    state.joined()
    state.out()
    await new Promise(setImmediate)
    expect(reported).toEqual([])
    state.joined()
    clock.advance(1_000)
    await new Promise(setImmediate)
    expect(reported).toMatchObject([{ code: 'FORBIDDEN' }])
    awareness.destroy()
  })

  it('[DOC116] what was set while it was away is told with the next join, or after it', () => {
    const { awareness, clock, sent, state } = own()
    state.joining()
    awareness.setLocalState({ cursor: Y.createRelativePositionFromTypeIndex(awareness.doc.getText('text'), 0) })
    expect(sent).toEqual([])
    state.joined()
    expect(sent).toEqual([{ cursor: { type: null, tname: 'text', item: null, assoc: 0 } }])
    awareness.setLocalState({ cursor: null })
    state.out()
    clock.advance(1_000)
    expect([sent.slice(1), clock.timerCount]).toEqual([[null], 0])
    state.joined()
    expect(sent.slice(2)).toEqual([{ cursor: null }])
    awareness.destroy()
  })
})
