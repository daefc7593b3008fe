import { fail, guardWire, parse, type RequestEntry } from '@millrace/contract'
import { roughBytes } from '../check-input.ts'
import { unknownName } from '../faults.ts'
import type { NamespaceCore } from '../namespace-core.ts'
import { own } from '../own.ts'
import type { Room } from '../room.ts'

export interface Located {
  readonly room: Room
  readonly entry: RequestEntry
  /** Of the input. */
  readonly bytes: number
}

/** What the outbox of a client takes by default; a larger input would never leave. */
const maxInputBytes = 4_000_000

/**
 * Where a request goes, if it fits the contract.
 *
 * @throws MillraceError `UNKNOWN_EVENT`, `INVALID_INPUT` or `PAYLOAD_TOO_LARGE`.
 */
export function locateRequest(
  namespace: NamespaceCore,
  name: string,
  params: unknown,
  requestName: string,
  input: unknown,
): Located {
  const room = namespace.room(name, params)
  const entry = own(room.session.address.entry.requests, requestName)
  if (!entry) throw unknownName(`request ${requestName} in room ${name}`)
  const refusal = guardWire(input)
  if (refusal) throw refusal
  const bytes = roughBytes(input)
  if (bytes > maxInputBytes)
    throw fail('PAYLOAD_TOO_LARGE', `input of ${requestName} is larger than ${maxInputBytes} bytes; send it in parts`)
  const parsed = parse(entry.input, input, `input of ${requestName}`)
  if (parsed instanceof Promise)
    throw fail('INVALID_INPUT', `input of ${requestName} needs a synchronous schema to be kept; use room.request()`)
  if (!parsed.ok) throw parsed.error
  return { room, entry, bytes }
}
