import { guardWire, type EventEntry, type MillraceError } from '@millrace/contract'
import type { Limits } from './limits.ts'

/** Why an event may not be published with this payload, whose schema is another matter; undefined where it may. */
export function eventRefusal(
  payload: unknown,
  { maxPayloadBytes }: EventEntry,
  limits: Limits,
): MillraceError | undefined {
  const { maxDepth, maxKeys } = limits // copying all of them took 3% of a small publish
  return guardWire(payload, {
    maxDepth,
    maxKeys,
    maxPayloadBytes: maxPayloadBytes ?? limits.maxPayloadBytes,
    allowNestedBytes: false,
  })
}
