import { judge, type OracleRecord } from '@millrace/testing'
import { describe, expect, it } from 'vitest'
import {
  ack,
  at,
  attempt,
  cleanRun,
  event,
  gap,
  history,
  joined,
  left,
  loss,
  refused,
  stored,
  top,
} from './oracle/lines.ts'

/** The rules that a run breaks, each once. */
const broken = (...records: readonly OracleRecord[]) => [...new Set(judge(records).violations.map(({ rule }) => rule))]
const attempts = (...keys: readonly string[]) => keys.map(attempt)

describe('order', () => {
  it('[ORC1, ORC16] a run in order has no violation', () => {
    expect(judge(cleanRun(5))).toEqual({
      violations: [],
      counts: { attempts: 5, acks: 5, events: 5, gaps: 0, losses: 0 },
    })
  })

  it('[ORC1] a hole is found', () => {
    const run = [joined(), ...attempts('a', 'b', 'c'), event('a', at(1)), event('c', at(3))]
    expect(broken(...run)).toEqual(['order'])
    expect(judge(run).violations[0]).toMatchObject({ room: 'hall', lines: [5, 6] })
  })

  it('[ORC1] events that change places are found', () => {
    expect(broken(joined(), ...attempts('a', 'b'), event('b', at(2)), event('a', at(1)))).toEqual(['order'])
  })

  it('[ORC1] another history without a gap is found', () => {
    expect(broken(joined(), ...attempts('a', 'b'), event('a', at(1)), event('b', at(2, '', 'two')))).toEqual(['order'])
  })

  it('[ORC1] the next offset of another branch is found by what the log says is before it', () => {
    const run = [
      joined(),
      ...attempts('a', 'b', 'c', 'd'),
      event('a', at(1)),
      event('b', at(2)),
      loss('restored'),
      event('d', at(3, 'x')),
      stored('a', at(1), ''),
      stored('c', at(2, 'x'), at(1).id),
      stored('d', at(3, 'x'), at(2, 'x').id),
      top(at(3, 'x')),
    ]
    expect(broken(...run)).toEqual(['order'])
  })

  it('[ORC1] and where it was trimmed, by what another member got before it', () => {
    const run = [
      joined(),
      joined('cleo'),
      ...attempts('a', 'b', 'c', 'd'),
      event('a', at(1), 'cleo'),
      event('c', at(2, 'x'), 'cleo'),
      event('d', at(3, 'x'), 'cleo'),
      event('a', at(1)),
      event('b', at(2)),
      event('d', at(3, 'x')),
    ]
    expect(broken(...run)).toEqual(['order'])
  })

  it('[ORC2] an event follows the end of the gap', () => {
    const before = [
      history(1),
      joined(),
      ...attempts('a', 'b', 'c', 'd'),
      event('a', at(1)),
      gap('trimmed', at(1), at(3)),
    ]
    const after = [stored('d', at(4), at(3).id), top(at(4))]
    expect(broken(...before, event('d', at(4)), ...after)).toEqual([])
    expect(broken(...before, event('c', at(3)), event('d', at(4)), ...after)).toEqual(['order'])
  })

  it('[ORC2] a gap begins where the member stood, and holds something', () => {
    const before = [history(1), joined(), ...attempts('a', 'b', 'c', 'd'), event('a', at(1))]
    expect(broken(...before, gap('trimmed', at(2), at(3)), event('d', at(4)))).toEqual(['order'])
    expect(broken(...before, gap('trimmed', at(1), at(1)))).toContain('order')
  })

  it('[ORC2] a gap says `epoch` where the epoch changed and nowhere else', () => {
    const before = [joined(), attempt('a'), event('a', at(1)), loss('erased')]
    expect(broken(...before, gap('rewound', at(1), at(0, '', 'two')))).toEqual(['order'])
    expect(broken(...before, gap('epoch', at(1), at(0)))).toEqual(['order'])
    expect(broken(...before, gap('epoch', at(1), at(0, '', 'two')))).toEqual([])
  })

  it('[ORC3] nothing reaches who is not in the room', () => {
    expect(broken(attempt('a'), event('a', at(1)))).toEqual(['order'])
    expect(broken(joined(), attempt('a'), left(), event('a', at(1)))).toEqual(['order'])
    expect(broken(joined(), left(), ...attempts('a', 'b'), joined(), event('b', at(2)))).toEqual([])
  })
})

describe('one log for all', () => {
  it('[ORC4] two members see the same entry under one id', () => {
    const run = [joined(), joined('cleo'), ...attempts('a', 'b'), event('a', at(1)), event('b', at(1), 'cleo')]
    expect(broken(...run)).toEqual(['one-entry'])
  })

  it('[ORC4] an acknowledgement names its own entry', () => {
    expect(broken(joined(), ...attempts('a', 'b'), event('a', at(1)), ack('b', at(1)))).toContain('one-entry')
  })

  it('[ORC9] a key has one place', () => {
    const twice = [joined(), ...attempts('a'), event('a', at(1)), ack('a', at(2))]
    expect(broken(...twice)).toContain('one-position')
    const stays = [stored('a', at(1), ''), stored('a', at(2), at(1).id), top(at(2))]
    expect(broken(attempt('a'), loss('restored'), ...stays)).toEqual(['one-position'])
  })

  it('[ORC9] a key that was lost may get a new place, once per loss', () => {
    const run = [joined(), attempt('a'), event('a', at(1)), loss('erased'), gap('epoch', at(1), at(0, '', 'two'))]
    const again = [event('a', at(1, '', 'two')), ack('a', at(1, '', 'two'))]
    const end = [stored('a', at(1, '', 'two'), ''), top(at(1, '', 'two'))]
    expect(broken(...run, ...again, ...end)).toEqual([])
    expect(broken(...run, ...again, ack('a', at(2, '', 'two')), ...end)).toContain('one-position')
  })
})

describe('acknowledged', () => {
  it('[ORC5] is stored', () => {
    expect(broken(...attempts('a', 'b'), ack('a', at(1)), ack('b', at(2)), stored('a', at(1), ''), top(at(1)))).toEqual(
      ['stored'],
    )
    expect(broken(...attempts('a', 'b'), ack('a', at(1, 'x')), stored('b', at(1), ''), top(at(1)))).toEqual(['stored'])
  })

  it('[ORC5] what was trimmed or lost later is excused, what was acknowledged after the loss is not', () => {
    expect(
      broken(...attempts('a', 'b'), ack('a', at(1)), ack('b', at(2)), stored('b', at(2), at(1).id), top(at(2))),
    ).toEqual([])
    const lost = [
      ...attempts('a', 'b'),
      ack('a', at(1)),
      ack('b', at(2)),
      loss('restored'),
      stored('a', at(1), ''),
      top(at(1)),
    ]
    expect(broken(...lost)).toEqual([])
    expect(broken(...lost, attempt('c'), ack('c', at(2, 'x')))).toEqual(['stored'])
  })

  it('[ORC5, ORC6] what somebody saw before it was lost is excused, however late its acknowledgement', () => {
    const end = [stored('a', at(1), ''), top(at(1))]
    const run = (...late: readonly OracleRecord[]) => [
      joined('early'),
      joined(),
      ...attempts('a', 'b'),
      ...late,
      ...end,
    ]
    const told = gap('rewound', at(2), at(1))
    const seen = [event('a', at(1)), event('a', at(1), 'early'), event('b', at(2))]
    expect(broken(...run(...seen, loss('restored'), told, ack('b', at(2))))).toEqual([])
    const [first, other, late] = seen as [OracleRecord, OracleRecord, OracleRecord]
    expect(broken(...run(first, other, loss('restored'), late, told, ack('b', at(2))))).toEqual(['stored', 'delivered'])
  })

  it('[ORC18] in a log without holes', () => {
    const first = [...attempts('a', 'b', 'c'), stored('a', at(1), '')]
    expect(broken(...first, stored('b', at(2), 'another'), top(at(2)))).toEqual(['stored'])
    expect(broken(...first, stored('c', at(3), at(1).id), top(at(3)))).toEqual(['stored'])
    expect(broken(...first, top(at(2)))).toEqual(['stored'])
  })

  it('[ORC6] reaches everyone who was in the room before it was attempted', () => {
    const run = [joined(), attempt('a'), ack('a', at(1)), attempt('b'), ack('b', at(2))]
    expect(broken(...run, event('a', at(1)))).toEqual(['delivered'])
    expect(broken(...run)).toEqual(['delivered'])
    expect(broken(...run, left())).toEqual([])
    expect(broken(attempt('a'), joined(), ack('a', at(1)))).toEqual([])
  })

  it.each([
    ['trimmed', [history(1), attempt('c'), gap('trimmed', at(1), at(2)), event('c', at(3))]],
    ['rewound', [loss('restored'), gap('rewound', at(1), at(2))]],
    ['epoch', [loss('erased'), gap('epoch', at(1), at(0, '', 'two'))]],
  ])('[ORC6] or lies in a gap: %s', (_reason, told) => {
    expect(broken(joined(), ...attempts('a', 'b'), event('a', at(1)), ack('b', at(2)), ...told)).toEqual([])
  })

  it('[ORC6] in the gap, and not beside it', () => {
    const run = [history(1), joined(), ...attempts('a', 'b', 'c', 'd'), event('a', at(1)), gap('trimmed', at(1), at(3))]
    expect(broken(...run, ack('d', at(4)))).toEqual(['delivered'])
    const fresh = [
      joined(),
      attempt('a'),
      event('a', at(1)),
      loss('erased'),
      gap('epoch', at(1), at(0, '', 'two')),
      attempt('b'),
    ]
    expect(broken(...fresh, ack('b', at(1, '', 'two')))).toEqual(['delivered'])
  })

  it('[ORC13] at the end everyone stands at the top', () => {
    const run = [
      joined(),
      ...attempts('a', 'b'),
      event('a', at(1)),
      stored('a', at(1), ''),
      stored('b', at(2), at(1).id),
    ]
    expect(broken(...run, top(at(2)))).toEqual(['behind'])
    expect(broken(...run, left(), top(at(2)))).toEqual([])
  })
})

describe('nothing more than that', () => {
  it('[ORC7] an entry reaches a member once', () => {
    expect(broken(joined(), attempt('a'), event('a', at(1)), event('a', at(1)))).toEqual(['duplicate'])
  })

  it('[ORC7] a key reaches a member once, unless history was replaced', () => {
    const run = [joined(), attempt('a'), event('a', at(1))]
    expect(broken(...run, event('a', at(2)))).toContain('duplicate')
    const lost = [loss('erased'), gap('epoch', at(1), at(0, '', 'two')), event('a', at(1, '', 'two'))]
    expect(broken(...run, ...lost, top(at(1, '', 'two')))).toEqual([])
    const trimmed = [history(1), attempt('b'), attempt('c'), gap('trimmed', at(1), at(2)), event('a', at(3))]
    expect(broken(...run, ...trimmed)).toContain('duplicate')
  })

  it('[ORC8] what nobody attempted is invented', () => {
    expect(broken(joined(), event('a', at(1)))).toEqual(['invented'])
    expect(broken(stored('a', at(1), ''), top(at(1)))).toEqual(['invented'])
  })

  it('[ORC8] so is another payload, and an event before its attempt', () => {
    expect(broken(joined(), attempt('a'), event('a', at(1), 'bob', 'another hash'))).toEqual(['invented'])
    expect(broken(joined(), event('a', at(1)), attempt('a'))).toEqual(['invented'])
  })

  it('[ORC10] what was refused has not happened', () => {
    expect(broken(attempt('a'), refused('a'))).toEqual([])
    expect(broken(attempt('a'), refused('a'), stored('a', at(1), ''), top(at(1)))).toEqual(['refused'])
    expect(broken(joined(), attempt('a'), event('a', at(1)), refused('a'))).toEqual(['refused'])
  })
})

describe('gaps', () => {
  const published = [joined(), ...attempts('a', 'b', 'c', 'd'), event('a', at(1))]
  const seen = [joined('cleo'), event('b', at(2), 'cleo'), event('c', at(3), 'cleo'), event('d', at(4), 'cleo')]

  it('[ORC11] a room that forgets nothing has no gap `trimmed`', () => {
    expect(broken(...published, gap('trimmed', at(1), at(2)), ...seen)).toEqual(['needless-gap'])
  })

  it('[ORC11] a gap holds what was trimmed, and nothing that was there', () => {
    expect(broken(history(2), ...published, gap('trimmed', at(1), at(2)), ...seen)).toEqual([])
    expect(broken(history(2), ...published, gap('trimmed', at(1), at(3)), ...seen)).toEqual(['needless-gap'])
    expect(broken(history(3), ...published, gap('trimmed', at(1), at(2)), ...seen)).toEqual(['needless-gap'])
  })

  it('[ORC11] what was attempted later had not pushed anything out', () => {
    const run = [
      history(1),
      joined(),
      joined('cleo'),
      ...attempts('a', 'b'),
      event('a', at(1)),
      gap('trimmed', at(1), at(2)),
    ]
    expect(broken(...run, attempt('c'), event('b', at(2), 'cleo'), event('c', at(3), 'cleo'))).toEqual(['needless-gap'])
  })

  it('[ORC11] what nobody saw may have pushed something out, unless it was refused', () => {
    const run = [history(1), joined(), ...attempts('a', 'b', 'c'), event('a', at(1)), gap('trimmed', at(1), at(2))]
    expect(broken(...run)).toEqual([])
    expect(broken(...run, refused('c'))).toEqual(['needless-gap'])
  })

  it('[ORC11] with a snapshot it may reach up to the top', () => {
    expect(broken(history(2, true), ...published, gap('trimmed', at(1), at(4)), ...seen)).toEqual([])
    expect(broken(history(3, true), ...published, gap('trimmed', at(1), at(4)), ...seen)).toEqual(['needless-gap'])
  })

  it.each([
    ['epoch', gap('epoch', at(1), at(0, '', 'two'))],
    ['rewound', gap('rewound', at(1), at(1, 'x'))],
  ] as const)('[ORC12] `%s` only after the store lost data', (_reason, told) => {
    const run = [joined(), attempt('a'), event('a', at(1))]
    expect(broken(...run, told)).toEqual(['needless-gap'])
    expect(broken(...run, loss('restored'), told)).toEqual([])
    expect(broken(...run, told, loss('restored'))).toEqual(['needless-gap'])
  })

  it('[ORC12] and only where the position is gone', () => {
    const run = [joined(), ...attempts('a', 'b'), event('a', at(1)), loss('restored'), gap('rewound', at(1), at(2))]
    expect(broken(...run, stored('a', at(1), ''), stored('b', at(2), at(1).id), top(at(2)))).toEqual(['needless-gap'])
  })

  it('[ORC12] a new history is told from its oldest entry on', () => {
    const run = [
      joined(),
      ...attempts('a', 'b'),
      event('a', at(1)),
      loss('erased'),
      gap('epoch', at(1), at(1, '', 'two')),
    ]
    expect(broken(...run, stored('b', at(1, '', 'two'), ''), top(at(1, '', 'two')))).toEqual(['needless-gap'])
  })
})
