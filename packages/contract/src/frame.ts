import { isCount, parsePosition } from './position.ts'
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
  const { room, reason, snapshot, ...span } = (value ?? {}) as Record<string, unknown>
  if (!isCount(room) || (reason !== 'epoch' && reason !== 'rewound' && reason !== 'trimmed')) return undefined
  const from = parsePosition(span.from)
  const to = parsePosition(span.to)
  return from && to && { room, reason, from, to, snapshot }
}

function isFrame(value: unknown): value is WireFrame {
  const frame = (value ?? {}) as Record<string, unknown>
  const { room, kind, entries } = frame
  if (!isCount(room)) return false
  if (kind === 'volatile') return Array.isArray(entries) && entries.every(isVolatile)
  if (!isSpan(frame)) return false
  if (kind === 'skip') return true
  if (kind !== 'full' || !Array.isArray(entries) || !entries.every(isEntry)) return false
  const last: WireEntry | undefined = entries.at(-1)
  return entries.length === frame.to - frame.from + 1 && (!last || last[0] === frame.id)
}

/** The entries `from` to `to`: offsets begin at 1, and only the first entry of a history has no entry before it. */
function isSpan(value: Record<string, unknown>): value is { from: number; to: number; id: string } {
  const { epoch, from, prev, to, id } = value
  return (
    isName(epoch) &&
    isName(id) &&
    isCount(from) &&
    isCount(to) &&
    from >= 1 &&
    to >= from &&
    (from === 1 ? prev === '' : isName(prev))
  )
}

function isEntry(value: unknown): value is WireEntry {
  if (value === null) return true
  if (!Array.isArray(value) || !isName(value[0]) || typeof value[1] !== 'string') return false
  return Number.isFinite(value[3]) && isOptionalText(value[4]) && isOptionalText(value[5])
}

function isVolatile(value: unknown): value is WireVolatile {
  return Array.isArray(value) && typeof value[0] === 'string' && Number.isFinite(value[2]) && isOptionalText(value[3])
}

function isOptionalText(value: unknown): boolean {
  return value === undefined || value === null || typeof value === 'string'
}

function isName(value: unknown): boolean {
  return typeof value === 'string' && value !== ''
}
