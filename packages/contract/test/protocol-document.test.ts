import { describe, expect, it } from 'vitest'
import {
  guardWire,
  isErrorCode,
  parseCloseReason,
  parseFrame,
  parseGap,
  parsePosition,
  wireNames,
  type Position,
} from '@millrace/contract'
import { shownPackets, type ShownPacket } from './protocol-document.ts'

const packets = shownPackets()
const events = packets.filter(({ type }) => type === 'event')
const named = (name: string) => events.filter(({ values }) => values[0] === name).map(({ values }) => values[1])
const ownNames: readonly string[] = Object.values(wireNames)
const entries = ['conversation.create', 'confirm', 'notice', 'message', 'score', 'typing', 'message.send']

/** Every object under `key` in any packet. */
function everywhere(key: string): unknown[] {
  const found: unknown[] = []
  for (const { values } of packets) {
    JSON.stringify(values, (name, value: unknown) => {
      if (name === key) found.push(value)
      return value
    })
  }
  return found
}

/** Texts of the packets that fail, so that a failing test names them. */
function failing(among: readonly ShownPacket[], passes: (packet: ShownPacket) => boolean): string[] {
  return among.filter((packet) => !passes(packet)).map(({ text }) => text)
}

describe('packets of docs/protocol.md', () => {
  it('[WIR21] are many, and of names that exist', () => {
    expect(packets.length).toBeGreaterThan(30)
    expect(failing(events, ({ values }) => [...ownNames, ...entries].includes(String(values[0])))).toEqual([])
  })

  it('[WIR21] pass the guard of the wire', () => {
    expect(failing(packets, ({ values }) => guardWire(values) === undefined)).toEqual([])
  })

  it('[WIR21] frames, gaps and close reasons are read as such', () => {
    expect(named('~frame').length).toBeGreaterThan(4)
    for (const frame of named('~frame')) expect(parseFrame(frame)).toBe(frame)
    for (const gap of named('~gap')) expect(parseGap(gap)).toEqual(gap)
    for (const reason of named('~close')) expect(parseCloseReason(reason)).toEqual(reason)
  })

  it('[WIR21] positions are read as such', () => {
    const positions = [...everywhere('position'), ...everywhere('top')]
    expect(positions.length).toBeGreaterThan(7)
    for (const position of positions) expect(parsePosition(position)).toEqual(position)
  })

  it('[WIR21] errors have codes of the table', () => {
    for (const error of everywhere('error') as { code: unknown }[]) expect(isErrorCode(error.code)).toBe(true)
  })

  it('[WIR21] each acknowledgement answers an event of the other side', () => {
    const asked = new Map(events.map(({ ack, sender }) => [ack, sender]))
    const answers = packets.filter(({ type }) => type === 'acknowledgement')
    expect(
      failing(answers, ({ ack, sender }) => asked.get(ack) === (sender === 'server' ? 'client' : 'server')),
    ).toEqual([])
    for (const { values } of answers) expect(values[0]).toHaveProperty('ok')
  })
})

/** The document's own algorithm for frames, applied to its own examples. */
it('[WIR21, WIR8] the examples continue one another', () => {
  let at: Position | undefined
  let continued = 0
  for (const { values } of packets) {
    const [first, second] = values
    const joined = (first as { data?: { room?: number; position?: unknown } } | undefined)?.data
    if (joined?.room !== undefined) at = parsePosition(joined.position)
    if (first === '~gap') at = parseGap(second)?.to
    const frame = first === '~frame' ? parseFrame(second) : undefined
    if (!frame || frame.kind === 'volatile') continue
    expect([frame.epoch, frame.from, frame.prev]).toEqual([at?.epoch, (at?.offset ?? 0) + 1, at?.id])
    at = { epoch: frame.epoch, offset: frame.to, id: frame.id }
    continued++
  }
  expect(continued).toBeGreaterThan(4)
})
