import { fail, parse, versionedName } from '@millrace/contract'
import { eventRefusal } from '../event-refusal.ts'
import type { KickTarget } from '../typed-handles.ts'
import type { Limits } from '../limits.ts'
import type { Namespace } from '../namespace.ts'
import type { Bus } from '../ports/bus.ts'
import type { Payload } from '../ports/event-log.ts'

/** Everything that is meant for users rather than rooms crosses nodes here. */
export const userSubject = 'users'

/**
 * Sends an event of the namespace to every connection of a user, on every node that has one.
 *
 * @throws MillraceError `UNKNOWN_EVENT`, `INVALID_INPUT` or `PAYLOAD_TOO_LARGE`.
 */
export async function emitToUser(
  { store, limits }: { readonly store: { readonly bus: Pick<Bus, 'publish'> }; readonly limits: Limits },
  namespace: Pick<Namespace, 'name' | 'events'>,
  userId: string,
  name: string,
  payload: unknown,
): Promise<void> {
  const entry = namespace.events.get(name)
  if (entry === undefined) throw fail('UNKNOWN_EVENT', `${namespace.name} declares no event "${name}"`)
  const parsed = await parse(entry.payload, payload, `payload of ${name}`)
  if (!parsed.ok) throw parsed.error
  const refusal = eventRefusal(payload, entry, limits)
  if (refusal) throw refusal
  const head = { namespace: namespace.name, user: userId, name: versionedName(name, entry.version) }
  store.bus.publish(userSubject, { head: JSON.stringify(head), payload: payloadOf(payload) })
}

/** Takes members of a room out of it, on every node. */
export function sendKick(bus: Pick<Bus, 'publish'>, room: string, target: KickTarget, message: string): void {
  bus.publish(userSubject, { head: JSON.stringify({ room, ...target, message }), payload: '' })
}

function payloadOf(payload: unknown): Payload {
  if (payload instanceof Uint8Array) return payload
  return payload instanceof ArrayBuffer ? new Uint8Array(payload) : (JSON.stringify(payload) ?? 'null')
}
