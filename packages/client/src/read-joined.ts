import { parsePosition, samePosition, type GapSpan, type Position, type WireJoined } from '@millrace/contract'

export interface Joined extends WireJoined {
  /** Set wherever the answer does not continue the position that was sent, whatever else it says. */
  readonly gap?: GapSpan
}

/**
 * Reads the answer to `~join`; undefined where it is none.
 *
 * @param sent The position that the client asked from.
 */
export function readJoined(value: unknown, sent: Position | undefined): Joined | undefined {
  const joined = (value ?? {}) as WireJoined
  const position = parsePosition(joined.position)
  if (!position || !Number.isSafeInteger(joined.room) || typeof joined.recovered !== 'boolean') return undefined
  const { gap: told, ...rest } = joined
  if (!sent || (!told && samePosition(sent, position))) return { ...rest, position }
  const reason = told?.reason ?? (sent.epoch === position.epoch ? 'trimmed' : 'epoch')
  return { ...rest, position, recovered: false, gap: { reason, from: sent, to: position } }
}
