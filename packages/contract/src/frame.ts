import { parsePosition } from './position.ts'
import type { WireEntry, WireFrame, WireGap } from './wire.ts'

/**
 * Reads a `~frame`. Payloads are not looked at; the receiver parses each with its event's schema.
 *
 * @returns undefined where it is not a frame, or where its offsets and entries contradict each other.
 */
export function parseFrame(value: unknown): WireFrame | undefined {
  if (!isRecord(value) || !isHandle(value.room)) return undefined
  if (value.kind === 'volatile') {
    return Array.isArray(value.entries) && value.entries.every(isVolatile) ? (value as unknown as WireFrame) : undefined
  }
  if (value.kind !== 'full' && value.kind !== 'skip') return undefined
  const { epoch, from, prev, to, id } = value
  if (typeof epoch !== 'string' || typeof prev !== 'string' || typeof id !== 'string') return undefined
  if (!isOffset(from) || !isOffset(to) || to < from) return undefined
  if (value.kind === 'skip') return value as unknown as WireFrame
  const { entries } = value
  if (!Array.isArray(entries) || entries.length !== to - from + 1 || !entries.every(isEntry)) return undefined
  return value as unknown as WireFrame
}

export function parseGap(value: unknown): WireGap | undefined {
  if (!isRecord(value) || !isHandle(value.room)) return undefined
  const { reason } = value
  if (reason !== 'epoch' && reason !== 'rewound' && reason !== 'trimmed') return undefined
  const from = parsePosition(value.from)
  const to = parsePosition(value.to)
  return from && to && { room: value.room, reason, from, to, snapshot: value.snapshot }
}

export function isEntry(value: unknown): value is WireEntry {
  if (value === null) return true
  if (!Array.isArray(value) || value.length < 4) return false
  return typeof value[0] === 'string' && typeof value[1] === 'string' && typeof value[3] === 'number'
}

function isVolatile(value: unknown): boolean {
  return Array.isArray(value) && typeof value[0] === 'string' && typeof value[2] === 'number'
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null
}

function isHandle(value: unknown): value is number {
  return Number.isSafeInteger(value)
}

function isOffset(value: unknown): value is number {
  return Number.isSafeInteger(value) && (value as number) >= 0
}
