import { parsePosition } from './position.ts'
import type { WireEntry, WireFrame, WireGap, WireVolatile } from './wire.ts'

/**
 * Reads a `~frame`. Payloads are not looked at; the receiver parses each with its event's schema.
 *
 * @returns undefined where it is not a frame, or where its offsets, ids and entries contradict each other.
 */
export function parseFrame(value: unknown): WireFrame | undefined {
  return isFrame(value) ? value : undefined
}

export function parseGap(value: unknown): WireGap | undefined {
  if (!isRecord(value) || !isHandle(value.room)) return undefined
  const { reason } = value
  if (reason !== 'epoch' && reason !== 'rewound' && reason !== 'trimmed') return undefined
  const from = parsePosition(value.from)
  const to = parsePosition(value.to)
  return from && to && { room: value.room, reason, from, to, snapshot: value.snapshot }
}

function isFrame(value: unknown): value is WireFrame {
  if (!isRecord(value) || !isHandle(value.room)) return false
  const { kind, entries } = value
  if (kind === 'volatile') return Array.isArray(entries) && entries.every(isVolatile)
  if (!isSpan(value)) return false
  if (kind === 'skip') return true
  if (kind !== 'full' || !Array.isArray(entries) || !entries.every(isEntry)) return false
  const last: WireEntry | undefined = entries.at(-1)
  return entries.length === value.to - value.from + 1 && (!last || last[0] === value.id)
}

/** The entries `from` to `to`: offsets begin at 1, and only the first entry of a history has no entry before it. */
function isSpan(value: Record<string, unknown>): value is { from: number; to: number; id: string } {
  const { epoch, from, prev, to, id } = value
  if (typeof epoch !== 'string' || typeof prev !== 'string' || typeof id !== 'string') return false
  if (!Number.isSafeInteger(from) || !Number.isSafeInteger(to)) return false
  return (
    (from as number) >= 1 &&
    (to as number) >= (from as number) &&
    epoch !== '' &&
    id !== '' &&
    (prev === '') === (from === 1)
  )
}

function isEntry(value: unknown): value is WireEntry {
  if (value === null) return true
  if (!Array.isArray(value) || typeof value[0] !== 'string' || value[0] === '' || typeof value[1] !== 'string')
    return false
  return Number.isFinite(value[3]) && isOptionalText(value[4]) && isOptionalText(value[5])
}

function isVolatile(value: unknown): value is WireVolatile {
  return Array.isArray(value) && typeof value[0] === 'string' && Number.isFinite(value[2]) && isOptionalText(value[3])
}

function isOptionalText(value: unknown): boolean {
  return value === undefined || value === null || typeof value === 'string'
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null
}

function isHandle(value: unknown): value is number {
  return Number.isSafeInteger(value) && (value as number) >= 0
}
