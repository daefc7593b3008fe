import { describe, expect, it } from 'vitest'
import {
  guardWire,
  isErrorCode,
  parseCloseReason,
  parseFrame,
  parseGap,
  parsePosition,
  wireNames,
} from '@millrace/contract'
import { shownPackets } from './protocol-document.ts'

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

describe('packets of docs/protocol.md', () => {
  it('[WIR21] are many, and of names that exist', () => {
    expect(packets.length).toBeGreaterThan(30)
    for (const { values, text } of events) expect([...ownNames, ...entries], text).toContain(values[0])
  })

  it('[WIR21] pass the guard of the wire', () => {
    for (const { values, text } of packets) expect(guardWire(values), text).toBeUndefined()
  })

  it('[WIR21] frames, gaps and close reasons are read as such', () => {
    expect(named('~frame').length).toBeGreaterThan(4)
    for (const frame of named('~frame')) expect(parseFrame(frame), JSON.stringify(frame)).toBeDefined()
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
    const asked = new Map<number | undefined, string>()
    for (const { type, ack, sender, values, text } of packets) {
      if (type === 'event' && ack !== undefined) asked.set(ack, sender)
      if (type !== 'acknowledgement') continue
      expect(asked.get(ack), text).toBe(sender === 'server' ? 'client' : 'server')
      expect(values[0], text).toHaveProperty('ok')
    }
  })
})

/** The document's own algorithm for frames, applied to its own examples. */
it('[WIR21, WIR8] the examples continue one another', () => {
  let at: { epoch: string; offset: number; id: string } | undefined
  let continued = 0
  for (const { values, text } of packets) {
    const [first, second] = values
    const joined = (first as { data?: { room?: number; position?: unknown } } | undefined)?.data
    if (joined?.room !== undefined) at = parsePosition(joined.position)
    if (first === '~gap') at = parseGap(second)?.to
    const frame = first === '~frame' ? parseFrame(second) : undefined
    if (!frame || frame.kind === 'volatile') continue
    expect([frame.epoch, frame.from, frame.prev], text).toEqual([at?.epoch, (at?.offset ?? 0) + 1, at?.id])
    at = { epoch: frame.epoch, offset: frame.to, id: frame.id }
    continued++
  }
  expect(continued).toBeGreaterThan(4)
})
