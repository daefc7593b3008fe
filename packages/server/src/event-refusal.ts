import { guardWire, type EventEntry, type MillraceError } from '@millrace/contract'
import type { Limits } from './limits.ts'

/** Why an event may not be published with this payload, whose schema is another matter; undefined where it may. */
export function eventRefusal(
  payload: unknown,
  { maxPayloadBytes }: EventEntry,
  limits: Limits,
): MillraceError | undefined {
  return guardWire(payload, {
    ...limits,
    maxPayloadBytes: maxPayloadBytes ?? limits.maxPayloadBytes,
    allowNestedBytes: false,
  })
}
