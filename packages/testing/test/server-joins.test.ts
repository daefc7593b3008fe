import { describe, expect, it } from 'vitest'
import type { WireAnswer, WireJoined } from '@millrace/contract'
import { lab, startLab } from './server-lab.ts'

const presence = { presence: { status: 'in' } }
const desk = { room: 'desk', params: { id: 'a' }, ...presence }

function verdict(answer: WireAnswer): string {
  if (answer.ok) return 'ok'
  const { code, path } = answer.error
  return path === undefined ? code : `${code} ${path}`
}

describe('joins that are refused', () => {
  const rows: [what: string, argument: unknown, verdict: string][] = [
    ['no argument', undefined, 'INVALID_INPUT'],
    ['text', 'desk', 'INVALID_INPUT'],
    ['a list', ['desk'], 'INVALID_INPUT'],
    ['no room', {}, 'UNKNOWN_EVENT room'],
    ['a room that nobody declared', { ...desk, room: 'attic' }, 'UNKNOWN_EVENT room'],
    ['a room that is a list', { ...desk, room: ['desk'] }, 'UNKNOWN_EVENT room'],
    ['a raw room key', { ...desk, room: '/lab desk {"id":"a"}' }, 'UNKNOWN_EVENT room'],
    ['no parameters', { room: 'desk', ...presence }, 'INVALID_INPUT'],
    ['a wrong parameter', { ...desk, params: { id: 7 } }, 'INVALID_INPUT id'],
    ['a long parameter', { ...desk, params: { id: 'x'.repeat(21) } }, 'INVALID_INPUT id'],
    ['bytes as parameters', { ...desk, params: Buffer.from('a') }, 'INVALID_INPUT id'],
    ['another version', { ...desk, version: 2 }, 'CONTRACT_MISMATCH'],
    ['a version that is text', { ...desk, version: '1' }, 'CONTRACT_MISMATCH'],
    ['no presence', { room: 'desk', params: { id: 'a' } }, 'INVALID_INPUT'],
    ['a wrong presence', { ...desk, presence: { status: 7 } }, 'INVALID_INPUT status'],
    [
      'a presence on the prototype',
      { ...desk, presence: JSON.parse('{"__proto__":{"status":"in"}}') as unknown },
      'INVALID_INPUT presence.__proto__',
    ],
    ['a position that is text', { ...desk, position: 'top' }, 'INVALID_INPUT position'],
    ['a position that is null', { ...desk, position: null }, 'INVALID_INPUT position'],
    ['an offset that is text', { ...desk, position: { epoch: 'e', offset: '1', id: 'i' } }, 'INVALID_INPUT position'],
    ['an offset below zero', { ...desk, position: { epoch: 'e', offset: -1, id: 'i' } }, 'INVALID_INPUT position'],
    [
      'an offset that is a fraction',
      { ...desk, position: { epoch: 'e', offset: 1.5, id: 'i' } },
      'INVALID_INPUT position',
    ],
    [
      'an offset beyond exact numbers',
      { ...desk, position: { epoch: 'e', offset: 2 ** 53, id: 'i' } },
      'INVALID_INPUT position',
    ],
    ['an offset with no id', { ...desk, position: { epoch: 'e', offset: 1, id: '' } }, 'INVALID_INPUT position'],
    ['an id with no offset', { ...desk, position: { epoch: 'e', offset: 0, id: 'i' } }, 'INVALID_INPUT position'],
    ['an empty epoch', { ...desk, position: { epoch: '', offset: 0, id: '' } }, 'INVALID_INPUT position'],
    ['a long id', { ...desk, position: { epoch: 'e', offset: 1, id: 'i'.repeat(33) } }, 'INVALID_INPUT position'],
  ]

  it.each(rows)('[PIP34] %s', async (_what, argument, expected) => {
    await using served = await startLab()
    await using client = await served.connect()
    expect(verdict(await client.call('~join', argument))).toBe(expected)
    expect(served.errors).toEqual([])
    const { presence: others } = await client.join('desk', { id: 'a' }, presence)
    expect(others?.members.map((member) => member.metas.length)).toEqual([1])
  })

  it('[PIP35] a position that was made up or of another room is answered by a gap, never by the entries of others', async () => {
    await using served = await startLab()
    const { position: real } = await served.server.room(lab, 'desk', { id: 'a' }).publish('note', { text: '1' })
    const { position: foreign } = await served.server.room(lab, 'desk', { id: 'b' }).publish('note', { text: 'other' })
    await using client = await served.connect()
    const forged = [
      { epoch: 'made-up', offset: 0, id: '' },
      { epoch: real.epoch, offset: 1, id: 'made-up' },
      { epoch: real.epoch, offset: 2, id: real.id },
      { epoch: real.epoch, offset: Number.MAX_SAFE_INTEGER, id: 'x' },
      foreign,
    ]
    for (const position of forged) {
      const joined: WireJoined = await client.join('desk', { id: 'a' }, { ...presence, position })
      expect(joined).toMatchObject({ recovered: false, gap: { from: position, to: real }, snapshot: { size: 0 } })
    }
    await client.join('desk', { id: 'a' }, { ...presence, position: real })
    await served.server.room(lab, 'desk', { id: 'a' }).publish('note', { text: '2' })
    expect(await client.event('note')).toEqual({ text: '2' })
  })

  it('[PIP36, P6] a connection may be in maxRoomsPerConnection rooms, joins under way counted; joining one of them again is free', async () => {
    await using served = await startLab()
    await using client = await served.connect()
    const join = (index: number): Promise<WireAnswer> => client.call('~join', { ...desk, params: { id: `r${index}` } })
    const verdicts = (await Promise.all(Array.from({ length: 130 }, (_, index) => join(index)))).map(verdict)
    expect(verdicts.filter((each) => each === 'ok')).toHaveLength(100)
    expect(verdicts.filter((each) => each === 'OVERLOADED')).toHaveLength(30)
    expect(verdict(await join(200))).toBe('OVERLOADED')
    const known = verdicts.indexOf('ok')
    const again = await join(known)
    expect(verdict(again)).toBe('ok')
    await client.call('~leave', { room: (again as { data: WireJoined }).data.room })
    expect(verdict(await join(200))).toBe('ok')
    await using other = await served.connect()
    expect(verdict(await other.call('~join', desk))).toBe('ok')
  })

  it('[PIP37] history and presence take what they describe and refuse the rest', async () => {
    await using served = await startLab()
    await using client = await served.connect()
    const { room } = await client.join('desk', { id: 'a' }, presence)
    const history = async (more: object): Promise<string> =>
      verdict(await client.call('~history', { room, direction: 'before', limit: 10, ...more }))
    expect(await history({})).toBe('ok')
    expect(await history({ direction: 'sideways' })).toBe('INVALID_INPUT direction')
    for (const limit of [0, -1, 501, 1.5, '10', null]) expect(await history({ limit })).toBe('INVALID_INPUT limit')
    for (const position of ['top', null, { epoch: 'e', offset: -1, id: 'i' }])
      expect(await history({ position })).toBe('INVALID_INPUT position')
    expect(
      await client.call('~history', {
        room,
        direction: 'after',
        limit: 1,
        position: { epoch: 'e', offset: 5, id: 'i' },
      }),
    ).toMatchObject({
      ok: true,
      data: { entries: [], gap: 'epoch' },
    })
    const state = async (value: unknown): Promise<string> =>
      verdict(await client.call('~presence', { room, state: value }))
    expect(await state({ status: 'out' })).toBe('ok')
    expect(await state({ status: 7 })).toBe('INVALID_INPUT status')
    expect(await state(undefined)).toBe('INVALID_INPUT')
    expect(await state(JSON.parse('{"status":"x","__proto__":{"a":1}}'))).toBe('INVALID_INPUT state.__proto__')
    const hall = await client.join('hall')
    expect(verdict(await client.call('~presence', { room: hall.room, state: {} }))).toBe('UNKNOWN_EVENT')
  })
})
