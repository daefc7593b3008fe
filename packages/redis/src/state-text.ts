import { parsePosition, type StatePosition } from '@millrace/contract'
import type { StateChange, StateValue } from '@millrace/server'
import { parseTexts } from './bounded-json.ts'
import { decodePayload, encodePayload, maxHeadBytes, maxMessageBytes, withinHead } from './payload-text.ts'

const line = /^([\w-]{1,64}) (\d{1,16}) ([\w-]{1,32})$/
const newline = 0x0a

/** Unambiguous as JSON, and readable back for a value that was removed. @throws MillraceError `PAYLOAD_TOO_LARGE` */
export function placeOf({ name, key }: StateValue): string {
  return withinHead(JSON.stringify([name, key]))
}

/** `t` and text, `b` and bytes, or `r` alone. */
export function encodeValue({ payload }: StateValue): string | Buffer {
  if (payload === null) return 'r'
  const { kind, body } = encodePayload(payload)
  return typeof body === 'string' ? kind + body : Buffer.concat([Buffer.from(kind), body])
}

export function decodeValue(place: Buffer, value: Buffer): StateValue | undefined {
  const parsed = place.length > maxHeadBytes ? undefined : parsePlace(place.toString())
  if (parsed === undefined) return undefined
  const kind = value.toString('latin1', 0, 1)
  if (kind === 'r') return value.length === 1 ? { ...parsed, payload: null } : undefined
  const payload = decodePayload(kind, value.subarray(1))
  return payload === undefined ? undefined : { ...parsed, payload }
}

/** A message on the room's channel: a line of epoch, version and id, the place, the value. */
export function decodeChange(text: Buffer): StateChange | undefined {
  if (text.length > maxMessageBytes) return undefined
  const lineEnd = text.indexOf(newline)
  const placeEnd = text.indexOf(newline, lineEnd + 1)
  if (lineEnd === -1 || lineEnd > 200 || placeEnd === -1) return undefined
  const [, epoch = '', version, id = ''] = line.exec(text.toString('latin1', 0, lineEnd)) ?? []
  const position = readStatePosition(epoch, Number(version), id)
  const value = decodeValue(text.subarray(lineEnd + 1, placeEnd), text.subarray(placeEnd + 1))
  return value === undefined || position === undefined ? undefined : { ...value, position }
}

function readStatePosition(epoch: string, version: number, id: string): StatePosition | undefined {
  const position = parsePosition({ epoch, offset: version, id })
  return position && { epoch, version, id }
}

function parsePlace(text: string): Pick<StateValue, 'name' | 'key'> | undefined {
  const [name, key, ...rest] = parseTexts(text) ?? []
  return name === undefined || key === undefined || rest.length > 0 ? undefined : { name, key }
}
