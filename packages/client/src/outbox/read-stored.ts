import { fail } from '@millrace/contract'
import type { NamespaceCore } from '../namespace-core.ts'
import { readWireError } from '../outcome.ts'
import type { Kept } from './kept.ts'
import { locateRequest } from './locate-request.ts'
import type { FoundRequest } from './outbox-store.ts'

const isTime = (value: unknown): value is number => typeof value === 'number' && value >= 0 && value < Infinity

/**
 * A request as it was stored.
 *
 * @throws MillraceError Where it is damaged, or does not fit the contract any more.
 */
export function readStored({ key: at, record }: FoundRequest, namespace: NamespaceCore): Kept {
  const { key, room, params, name, input, seq, state, error, firstSentAt, ...rest } = (record ?? {}) as Record<
    string,
    unknown
  >
  const isSound =
    key === at &&
    /^[\w-]{1,64}$/.test(at) &&
    typeof room === 'string' &&
    typeof name === 'string' &&
    isTime(rest.at) &&
    Number.isSafeInteger(seq) &&
    (state === 'pending' || state === 'failed') &&
    (firstSentAt === undefined || isTime(firstSentAt))
  if (!isSound) throw fail('INVALID_INPUT', 'it is damaged')
  const located = locateRequest(namespace, room, params, name, input)
  const fault = state === 'failed' ? readWireError(error, 'it failed; retry or discard it') : undefined
  return {
    request: { key: at, room, params, name, input, at: rest.at as number, state, error: fault },
    seq: seq as number,
    firstSentAt,
    ...located,
  }
}
