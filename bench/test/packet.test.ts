import { Decoder, Encoder, PacketType, type Packet } from 'socket.io-parser'
import { expect, test } from 'vitest'
import { decodePacket, encodeConnect, encodeEvent } from '../load/packet.ts'

/** What Socket.IO itself reads in a text of ours, without the Engine.IO type before it. */
function readBySocketIo(text: string): Packet {
  const decoder = new Decoder()
  let read: Packet | undefined
  decoder.on('decoded', (packet: Packet) => {
    read = packet
  })
  expect(text[0]).toBe('4')
  decoder.add(text.slice(1))
  if (!read) throw new Error(`Socket.IO finds no packet in ${text}`)
  return read
}

function writeBySocketIo(packet: Packet): string {
  return `4${String(new Encoder().encode(packet)[0])}`
}

test('Socket.IO reads our connect packets', () => {
  expect(readBySocketIo(encodeConnect('/', { token: 'a' }))).toMatchObject({
    type: PacketType.CONNECT,
    nsp: '/',
    data: { token: 'a' },
  })
  expect(readBySocketIo(encodeConnect('/bench', { token: 'a' }))).toMatchObject({ nsp: '/bench', data: { token: 'a' } })
})

test('Socket.IO reads our events, with and without an acknowledgement', () => {
  expect(readBySocketIo(encodeEvent('/', ['join', 'lobby'], 0))).toMatchObject({
    type: PacketType.EVENT,
    nsp: '/',
    id: 0,
    data: ['join', 'lobby'],
  })
  expect(readBySocketIo(encodeEvent('/bench', ['echo', { a: [1] }], 17))).toMatchObject({
    nsp: '/bench',
    id: 17,
    data: ['echo', { a: [1] }],
  })
  expect(readBySocketIo(encodeEvent('/bench', ['typing'])).id).toBeUndefined()
})

test('we read the packets of Socket.IO', () => {
  for (const nsp of ['/', '/bench']) {
    expect(decodePacket(writeBySocketIo({ type: PacketType.CONNECT, nsp, data: { sid: 'x' } }))).toEqual({
      kind: 'connect',
      data: { sid: 'x' },
    })
    expect(decodePacket(writeBySocketIo({ type: PacketType.EVENT, nsp, data: ['m', { a: '[/,' }] }))).toEqual({
      kind: 'event',
      args: ['m', { a: '[/,' }],
    })
    expect(decodePacket(writeBySocketIo({ type: PacketType.ACK, nsp, id: 12, data: [{ ok: true }] }))).toEqual({
      kind: 'ack',
      id: 12,
      args: [{ ok: true }],
    })
    const withBytes = { type: PacketType.ACK, nsp, id: 7, data: [{ data: Buffer.of(1) }] }
    expect(decodePacket(writeBySocketIo(withBytes))).toEqual({
      kind: 'ack before bytes',
      id: 7,
      args: [{ data: { _placeholder: true, num: 0 } }],
    })
    expect(decodePacket(writeBySocketIo({ type: PacketType.CONNECT_ERROR, nsp, data: { message: 'no' } }))).toEqual({
      kind: 'refused',
      data: { message: 'no' },
    })
    expect(decodePacket(writeBySocketIo({ type: PacketType.DISCONNECT, nsp }))).toEqual({ kind: 'disconnect' })
  }
})

test('we read the packets of Engine.IO', () => {
  expect(decodePacket('0{"sid":"x"}')).toEqual({ kind: 'open' })
  expect(decodePacket('2')).toEqual({ kind: 'ping' })
  expect(decodePacket('1')).toEqual({ kind: 'other' })
})
