import { fail, type WireRequest } from '@millrace/contract'

/** Settled keys that one request may name. */
const maxSettled = 100
/** Keys longer than this are refused; the framework's own have 11 characters. */
const maxKeyLength = 64

export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/**
 * Reads the envelope of a request; its input is not looked at.
 *
 * @throws MillraceError `INVALID_INPUT`.
 */
export function readRequest(argument: unknown): WireRequest {
  if (!isRecord(argument)) throw fail('INVALID_INPUT', 'a request takes { input, room?, key? }')
  const { room, key, version, settled } = argument
  if (room !== undefined && !Number.isSafeInteger(room))
    throw fail('INVALID_INPUT', 'room is the handle of ~join', { path: 'room' })
  if (key !== undefined && !isKey(key)) {
    throw fail('INVALID_INPUT', `a key is 1 to ${maxKeyLength} characters`, { path: 'key' })
  }
  if (version !== undefined && !Number.isSafeInteger(version))
    throw fail('INVALID_INPUT', 'version is a number', { path: 'version' })
  if (settled !== undefined && !(Array.isArray(settled) && settled.length <= maxSettled && settled.every(isKey)))
    throw fail('INVALID_INPUT', `settled is a list of at most ${maxSettled} keys`, { path: 'settled' })
  return argument as WireRequest
}

function isKey(value: unknown): value is string {
  return typeof value === 'string' && value.length > 0 && value.length <= maxKeyLength
}
