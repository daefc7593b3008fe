import { isUtf8 } from 'node:buffer'
import type { BusMessage } from '@millrace/server'
import { decodePayload, maxMessageBytes } from './payload-text.ts'

const line = /^b([\w-]{1,32}) ([tb]) (\d{1,9})$/
const newline = 0x0a

/** A line of the sender, the kind of payload (`t` for JSON or nothing) and the bytes of the head; the head; the payload. */
export function encodeBusMessage(node: string, { head, payload }: BusMessage): Buffer {
  const headBytes = Buffer.from(head)
  const kind = typeof payload === 'string' ? 't' : 'b'
  return Buffer.concat([Buffer.from(`b${node} ${kind} ${headBytes.length}\n`), headBytes, Buffer.from(payload)])
}

export function decodeBusMessage(text: Buffer): { readonly node: string; readonly message: BusMessage } | undefined {
  const lineEnd = text.indexOf(newline)
  if (text.length > maxMessageBytes || lineEnd === -1 || lineEnd > 100) return undefined
  const [, node, kind, headBytes] = line.exec(text.toString('latin1', 0, lineEnd)) ?? []
  const headEnd = lineEnd + 1 + Number(headBytes)
  if (node === undefined || headEnd > text.length) return undefined
  const head = text.subarray(lineEnd + 1, headEnd)
  const payload = text.subarray(headEnd)
  if (!isUtf8(head)) return undefined
  // Many messages are but a head.
  const read = kind === 't' && payload.length === 0 ? '' : decodePayload(kind ?? '', payload)
  return read === undefined ? undefined : { node, message: { head: head.toString(), payload: read } }
}
