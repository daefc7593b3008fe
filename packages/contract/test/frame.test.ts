import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parseFrame, parseGap } from '@millrace/contract'

const entries = [
  ['i4', 'message', { text: 'a' }, 1_760_000_000_000],
  null,
  ['i6', 'message@2', null, 1_760_000_000_001, 'ada', 'key-1'],
]
const span = { room: 1, epoch: 'e', from: 4, prev: 'i3', to: 6, id: 'i6' }
const full = { ...span, kind: 'full', entries }
const skip = { ...span, kind: 'skip' }
const volatile = {
  room: 1,
  kind: 'volatile',
  entries: [
    ['typing', { on: true }, 1, 'ada'],
    ['typing', {}, 1],
  ],
}

describe('parseFrame', () => {
  it('[WIR11] reads a full frame', () => {
    expect(parseFrame(full)).toBe(full)
    const first = { ...full, from: 1, prev: '', to: 1, id: 'i1', entries: [['i1', 'message', 1, 1]] }
    expect(parseFrame(first)).toBe(first)
    const hidden = { ...full, entries: [null, null, null] }
    expect(parseFrame(hidden)).toBe(hidden)
  })

  const [a, , c] = entries
  it.each([
    ['an entry less', [a, null]],
    ['an entry more', [a, null, null, c]],
    ['another last id', [a, null, ['x6', 'message', 1, 1]]],
    ['an entry without a name', [a, null, ['i6']]],
    ['an entry without a time', [a, null, ['i6', 'message', 1]]],
    ['a time that is text', [a, null, ['i6', 'message', 1, '1']]],
    ['a publisher that is a number', [a, null, ['i6', 'message', 1, 1, 7]]],
    ['a key that is a number', [a, null, ['i6', 'message', 1, 1, null, 7]]],
    ['an entry that is an object', [a, null, {}]],
    ['no list', undefined],
    ['text for a list', 'abc'],
  ])('[WIR11] refuses %s', (_, wrong) => {
    expect(parseFrame({ ...full, entries: wrong })).toBeUndefined()
  })

  it('[WIR12] reads a skip frame', () => {
    expect(parseFrame(skip)).toBe(skip)
  })

  it('[WIR13] reads a volatile frame', () => {
    expect(parseFrame(volatile)).toBe(volatile)
    for (const wrong of [
      undefined,
      {},
      [null],
      [['typing']],
      [['typing', {}, '1']],
      [[7, {}, 1]],
      [['typing', {}, 1, 7]],
    ]) {
      expect(parseFrame({ ...volatile, entries: wrong })).toBeUndefined()
    }
  })

  it.each([
    { from: 0, prev: '' },
    { from: 7 },
    { from: 4.5 },
    { to: '6' },
    { to: 2 ** 53 },
    { prev: '' },
    { from: 1 },
    { prev: 7 },
    { id: '' },
    { id: null },
    { epoch: '' },
    { epoch: undefined },
    { room: -1 },
    { room: 'lobby' },
    { room: undefined },
  ])('[WIR14] refuses the span %j', (wrong) => {
    expect(parseFrame({ ...skip, ...wrong })).toBeUndefined()
  })

  it('[WIR15] never throws, and reads nothing that it would not read again', () => {
    const noise = fc.anything()
    const almost = fc.record({
      room: fc.oneof(fc.nat(), noise),
      kind: fc.oneof(fc.constantFrom('full', 'skip', 'volatile'), noise),
      epoch: fc.oneof(fc.string(), noise),
      from: fc.oneof(fc.nat(3), noise),
      prev: fc.oneof(fc.string({ maxLength: 1 }), noise),
      to: fc.oneof(fc.nat(5), noise),
      id: fc.oneof(fc.constant('i'), noise),
      entries: fc.oneof(
        fc.array(fc.oneof(fc.constant(['i', 'n', 1, 1]), fc.constant(null), noise), { maxLength: 4 }),
        noise,
      ),
    })
    fc.assert(
      fc.property(fc.oneof(noise, almost), (value) => {
        const frame = parseFrame(value)
        if (!frame || frame.kind === 'volatile') return
        expect(frame.to).toBeGreaterThanOrEqual(frame.from)
        if (frame.kind === 'full') expect(frame.entries).toHaveLength(frame.to - frame.from + 1)
      }),
    )
  })
})

describe('parseGap', () => {
  const gap = {
    room: 1,
    reason: 'trimmed',
    from: { epoch: 'e', offset: 1, id: 'i1' },
    to: { epoch: 'e', offset: 9, id: 'i9' },
  }

  it('[WIR16] reads a gap with and without a snapshot', () => {
    expect(parseGap(gap)).toEqual(gap)
    expect(parseGap({ ...gap, snapshot: { messages: [] } })).toEqual({ ...gap, snapshot: { messages: [] } })
    for (const reason of ['epoch', 'rewound']) expect(parseGap({ ...gap, reason })).toEqual({ ...gap, reason })
  })

  it.each([{ room: 'x' }, { reason: 'bored' }, { reason: undefined }, { from: null }, { to: { epoch: 'e' } }])(
    '[WIR16] refuses %j',
    (wrong) => {
      expect(parseGap({ ...gap, ...wrong })).toBeUndefined()
    },
  )

  it('[WIR16] never throws', () => {
    fc.assert(fc.property(fc.anything(), (value) => void parseGap(value)))
  })
})
