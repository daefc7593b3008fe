import type { BusMessage } from '../ports/bus.ts'
import type { VolatileEvent } from './encode-entries.ts'

export function volatileSubject(room: string): string {
  return `volatile ${room}`
}

export function encodeVolatile(event: VolatileEvent, node: string): BusMessage {
  return { head: JSON.stringify({ node, name: event.name, at: event.at, from: event.from }), payload: event.payload }
}

/** Reads a volatile event of another node; undefined for this node's own, which it sent at once, and for garbage. */
export function decodeVolatile(message: BusMessage, ownNode: string): VolatileEvent | undefined {
  const { node, name, at, from } = parseHead(message.head)
  if (node === ownNode || typeof name !== 'string' || !Number.isFinite(at) || !hasPayload(message)) return undefined
  if (from !== null && typeof from !== 'string') return undefined
  return { name, at: at as number, from, payload: message.payload }
}

/** The bus carries heads alone, too; to a client, no text would be no JSON, and end its connection. */
export function hasPayload({ payload }: BusMessage): boolean {
  return payload !== ''
}

/** The members of a bus message's head; an empty object for what is not one. */
export function parseHead(head: string): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(head)
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {}
  } catch {
    return {}
  }
}
