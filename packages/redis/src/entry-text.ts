import type { Append, Entry, Payload } from '@millrace/server'
import { parseBounded } from './bounded-json.ts'
import { decodePayload, maxHeadBytes, maxMessageBytes, withinHead } from './payload-text.ts'

/** Ids and epochs are ours; anything longer is not. */
const line = /^([\w-]{1,64}) (\d{1,16}) ([\w-]{1,32}) (-|[\w-]{1,32}) (\d{1,16}) ([tb]) (\d{1,16})$/

const newline = 0x0a

/** @throws MillraceError `PAYLOAD_TOO_LARGE` */
export function entryHead({ key, from, name }: Append): string {
  return withinHead(JSON.stringify([key, from, name]))
}

/**
 * An entry as it stands in the stream and travels on the channel: a line of epoch, offset, id, prev (`-` for none), time, kind of
 * payload and its bytes; a line of JSON `[key, from, name]`; the payload. Undefined for anything else.
 */
export function decodeEntry(text: Buffer): Entry | undefined {
  if (text.length > maxMessageBytes) return undefined
  const lineEnd = text.indexOf(newline)
  const headEnd = text.indexOf(newline, lineEnd + 1)
  if (lineEnd === -1 || lineEnd > 300 || headEnd === -1 || headEnd - lineEnd > maxHeadBytes) return undefined
  const fields = line.exec(text.toString('latin1', 0, lineEnd))
  const head = parseHead(text.toString('utf8', lineEnd + 1, headEnd))
  if (fields === null || head === undefined) return undefined
  const [, epoch = '', offset, id = '', prev = '', at, kind = '', bytes] = fields
  const body = text.subarray(headEnd + 1)
  const payload: Payload | undefined = body.length === Number(bytes) ? decodePayload(kind, body) : undefined
  if (payload === undefined || !Number.isSafeInteger(Number(offset)) || offset === '0') return undefined
  return { epoch, offset: Number(offset), id, prev: prev === '-' ? '' : prev, at: Number(at), ...head, payload }
}

function parseHead(text: string): Pick<Entry, 'key' | 'from' | 'name'> | undefined {
  const head = parseBounded(text)
  if (!Array.isArray(head) || head.length !== 3) return undefined
  const [key, from, name] = head as unknown[]
  if (key !== null && typeof key !== 'string') return undefined
  if (from !== null && typeof from !== 'string') return undefined
  return typeof name === 'string' ? { key, from, name } : undefined
}
