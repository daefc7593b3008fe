import type { Position } from '@millrace/contract'
import { payloadJson, type Packet } from '../connection/packet.ts'
import type { Entry, Payload } from '../ports/event-log.ts'

/** `~frame` of consecutive entries. Written as text: payloads are JSON already and are not parsed again. */
export function encodeFrame(room: number, entries: readonly Entry[]): Packet {
  const first = entries[0]!
  const last = entries[entries.length - 1]!
  const attachments: Uint8Array[] = []
  let list = ''
  for (const entry of entries) list += `${list && ','}${entryJson(entry, attachments)}`
  const body =
    `["~frame",{"room":${room},"kind":"full","epoch":"${first.epoch}","from":${first.offset},"prev":"${first.prev}",` +
    `"to":${last.offset},"id":"${last.id}","entries":[${list}]}]`
  return { body, attachments }
}

/** Epochs, ids and event names hold nothing that JSON would escape; users and keys may. */
function entryJson(entry: Entry, attachments: Uint8Array[]): string {
  const head = `["${entry.id}","${entry.name}",${payloadJson(entry.payload, attachments)},${entry.at}`
  if (entry.key !== null) return `${head},${JSON.stringify(entry.from)},${JSON.stringify(entry.key)}]`
  return entry.from === null ? `${head}]` : `${head},${JSON.stringify(entry.from)}]`
}

/** The event as a stock Socket.IO client gets it. */
export function encodeSingle(room: number, entry: Entry): Packet {
  const attachments: Uint8Array[] = []
  const position: Position = { epoch: entry.epoch, offset: entry.offset, id: entry.id }
  const meta = JSON.stringify({ room, position, at: entry.at, from: entry.from, key: entry.key })
  return { body: `["${entry.name}",${payloadJson(entry.payload, attachments)},${meta}]`, attachments }
}

export interface VolatileEvent {
  readonly name: string
  readonly payload: Payload
  readonly at: number
  readonly from: string | null
}

export function encodeVolatileFrame(room: number, events: readonly VolatileEvent[]): Packet {
  const attachments: Uint8Array[] = []
  let list = ''
  for (const event of events) {
    list += `${list && ','}["${event.name}",${payloadJson(event.payload, attachments)},${event.at},${JSON.stringify(event.from)}]`
  }
  return { body: `["~frame",{"room":${room},"kind":"volatile","entries":[${list}]}]`, attachments }
}

export function encodeVolatileSingle(room: number, event: VolatileEvent): Packet {
  const attachments: Uint8Array[] = []
  const meta = JSON.stringify({ room, at: event.at, from: event.from })
  return { body: `["${event.name}",${payloadJson(event.payload, attachments)},${meta}]`, attachments }
}
