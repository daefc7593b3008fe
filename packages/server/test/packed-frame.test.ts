import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { Decoder, Encoder, PacketType, type Packet } from 'socket.io-parser'
import { describe, expect, it } from 'vitest'
import * as ws from 'ws'
import { encodeForTransport, finished } from '../src/transport/encode-for-transport.ts'
import { LenientDecoder } from '../src/transport/lenient-decoder.ts'
import { packetWithBytes } from '../src/transport/packet-of-values.ts'
import { PackedFrame } from '../src/transport/packed-frame.ts'

/** What ws itself writes for a binary message of a server. */
function frameOfWs(message: Buffer): Buffer {
  const { Sender } = ws as unknown as { Sender: { frame(data: Buffer, options: object): Buffer[] } }
  return Buffer.concat(
    Sender.frame(message, { readOnly: false, mask: false, rsv1: false, opcode: 2, fin: true } as object),
  )
}

function decoded(decoder: Decoder, ...messages: readonly (string | Buffer)[]): Packet[] {
  const packets: Packet[] = []
  decoder.on('decoded', (packet: Packet) => packets.push(packet))
  for (const message of messages) decoder.add(message)
  return packets
}

function parts(message: Buffer): Buffer[] {
  const found: Buffer[] = []
  for (let at = 0; at < message.length;) {
    const from = at + 4
    at = from + message.readUInt32LE(at)
    found.push(message.subarray(from, at))
  }
  return found
}

const bytes = fc.uint8Array({ maxLength: 300 }).map((array) => Buffer.from(array))
const values = fc
  .array(bytes, { minLength: 1, maxLength: 10 })
  .chain((list) =>
    fc.record({ text: fc.string({ unit: 'grapheme' }), more: fc.constant({ list }) }).map((value) => [value]),
  )
const packets = fc.record({
  values,
  nsp: fc.constantFrom('/', '/chat', '/a-b_c/é'),
  id: fc.option(fc.nat(), { nil: undefined }),
})

describe('packed messages', () => {
  it('[BYT3] the example of the document is one', () => {
    const document = readFileSync(new URL('../../../docs/protocol.md', import.meta.url), 'utf8')
    const hex = /```hex\n([\s\S]*?)```/.exec(document)?.[1]?.replace(/\s/g, '') ?? ''
    const text = '51-/chat,["blob",{"_placeholder":true,"num":0},{"room":1}]'
    expect(new PackedFrame(text, [Buffer.from([1, 255])]).message.toString('hex')).toBe(hex)
    expect(decoded(new LenientDecoder(), Buffer.from(hex, 'hex'))).toMatchObject([
      { type: PacketType.EVENT, nsp: '/chat', data: ['blob', Buffer.from([1, 255]), { room: 1 }] },
    ])
  })

  it.each([0, 1, 100, 125 - 8 - 8, 126 - 8 - 8, 65_535 - 8 - 8, 65_536 - 8 - 8, 3_000_000])(
    '[BYT4] with an attachment of %i bytes are framed as ws frames them',
    (length) => {
      const { message, frame } = new PackedFrame('51-[1,2]', [Buffer.alloc(length, 'ab')])
      expect(message.length).toBe(8 + 8 + length)
      expect(frame.equals(frameOfWs(message))).toBe(true)
    },
  )

  it('[BYT4] are made once for all receivers', () => {
    const encoded = encodeForTransport('/', {
      body: '["e",{"_placeholder":true,"num":0}]',
      attachments: [Buffer.alloc(1)],
    })
    expect(finished(encoded)).toBe(finished(encoded))
  })

  it('[BYT3] hold what the default encoder writes, and are read as what it wrote, events and answers', () => {
    fc.assert(
      fc.property(packets, ({ values: data, nsp, id }) => {
        const answers = id !== undefined
        const all = answers ? data : ['run', ...data]
        const type = answers ? PacketType.ACK : PacketType.EVENT
        const [text, ...attachments] = new Encoder().encode({ type, nsp, data: all, id: id! }) as [string, ...Buffer[]]
        const { message } = finished(encodeForTransport(nsp, packetWithBytes(all), id))
        expect(message).toEqual(new PackedFrame(text, attachments).message)
        expect(decoded(new LenientDecoder(), message)).toEqual(decoded(new Decoder(), text, ...attachments))
      }),
    )
  })

  it('[BYT3, BYT8] events are read as the default decoder reads their text and attachments, or refused as it refuses them', () => {
    const placeholder = fc.oneof(
      fc.record({
        _placeholder: fc.constantFrom<unknown>(true, true, false, 1),
        num: fc.constantFrom<unknown>(0, 1, 2, -1, 0.5, '0'),
      }),
      fc.record({ _placeholder: fc.constant(true) }),
    )
    const part = fc.letrec<{ value: unknown }>((tie) => ({
      value: fc.oneof(
        { depthSize: 'small' },
        placeholder,
        fc.jsonValue(),
        fc.array(tie('value'), { maxLength: 3 }),
        fc.dictionary(fc.oneof(fc.string(), fc.constantFrom('__proto__', 'num', 'length')), tie('value'), {
          maxKeys: 3,
        }),
      ),
    })).value
    const name = fc.constantFrom<unknown>(
      'run',
      '',
      '~join',
      'connect',
      'disconnecting',
      'newListener',
      'constructor',
      7,
      null,
    )
    const head = fc.record({
      nsp: fc.constantFrom('', '/,', '/chat,', '/a-b_c/é,', '/9,', '/broken'),
      id: fc.constantFrom('', '0', '7', '007', '123456789012345', '99999999999999999999', ' 1', '1.5', '1e3'),
      count: fc.constantFrom('2', '2', '2', '02', '2.0', ' 2', '1', '3'),
    })
    const outcome = (run: () => Packet[]): readonly Packet[] | 'refused' => {
      try {
        return run()
      } catch {
        return 'refused'
      }
    }
    fc.assert(
      fc.property(
        head,
        name,
        fc.array(part, { maxLength: 3 }),
        fc.constantFrom('', ' ', ']', 'x'),
        (first, event, rest, end) => {
          const text = `5${first.count}-${first.nsp}${first.id}${JSON.stringify([event, ...rest])}${end}`
          const attachments = [Buffer.from('ab'), Buffer.from('cde')]
          const whole = outcome(() => decoded(new Decoder(), text, ...attachments))
          const read = outcome(() => decoded(new LenientDecoder(), new PackedFrame(text, attachments).message))
          // Where the text announces another number, the message is malformed as a whole.
          expect(read).toEqual(whole.length === 1 ? whole : 'refused')
        },
      ),
      { numRuns: 3_000 },
    )
  })

  it('[BYT8] what is read of bytes is what their text announces, or nothing, whatever they are', () => {
    const text = '52-/lab,1["run",[{"_placeholder":true,"num":0},{"_placeholder":true,"num":1}]]'
    const { message } = new PackedFrame(text, [Buffer.from('ab'), Buffer.from('cde')])
    const whole = decoded(new LenientDecoder(), message)
    const changes = fc.array(fc.record({ at: fc.nat(message.length - 1), value: fc.nat(255) }), { maxLength: 3 })
    const others = fc.oneof(
      fc.uint8Array({ maxLength: 60 }).map((array) => Buffer.from(array)),
      fc.nat(message.length).map((length) => message.subarray(0, length)),
      fc.uint8Array({ maxLength: 5 }).map((more) => Buffer.concat([message, more])),
      changes.map((list) => {
        const changed = Buffer.from(message)
        for (const { at, value } of list) changed[at] = value
        return changed
      }),
    )
    const read = (bytesThatCame: Buffer): Packet[] | undefined => {
      try {
        return decoded(new LenientDecoder(), bytesThatCame)
      } catch (error) {
        expect(error).toBeInstanceOf(Error)
        return undefined
      }
    }
    fc.assert(
      fc.property(others, (came) => {
        const packetsRead = read(came)
        if (packetsRead === undefined) return
        const [head, ...rest] = parts(came)
        expect(packetsRead).toHaveLength(1)
        expect(Number(/^[56]([^-]*)-/.exec(String(head))?.[1])).toBe(rest.length)
      }),
      { numRuns: 2_000 },
    )
    expect(read(message)).toEqual(whole)
    for (let length = 0; length < message.length; length++) expect(read(message.subarray(0, length))).toBeUndefined()
  })

  it('[BYT8] a count that would take a million parts to disprove is not counted', () => {
    const lengths = Buffer.alloc(4_000_000)
    const head = new PackedFrame('51000000-["run"]', []).message
    expect(() => decoded(new LenientDecoder(), Buffer.concat([head, lengths]))).toThrow('malformed packed message')
  })
})
