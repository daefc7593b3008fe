import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import * as ws from 'ws'
import { webSocketFrame } from '../src/transport/web-socket-frame.ts'

/** What ws itself writes for a text message of a server. */
function frameOfWs(text: string): Buffer {
  const { Sender } = ws as unknown as { Sender: { frame(data: Buffer, options: object): Buffer[] } }
  return Buffer.concat(
    Sender.frame(Buffer.from(`4${text}`), { readOnly: false, mask: false, rsv1: false, opcode: 1, fin: true }),
  )
}

describe('webSocketFrame', () => {
  it.each([0, 1, 123, 124, 125, 126, 65_533, 65_534, 65_535, 65_536, 300_000])(
    '[CNX39] %i characters are framed as ws frames them',
    (length) => {
      const text = 'x'.repeat(length)
      expect(webSocketFrame(text).equals(frameOfWs(text))).toBe(true)
    },
  )

  it('[CNX39] so is any text, lone surrogates too', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary' }), (text) => webSocketFrame(text).equals(frameOfWs(text))))
    expect(webSocketFrame('\ud800é😀').equals(frameOfWs('\ud800é😀'))).toBe(true)
  })
})
