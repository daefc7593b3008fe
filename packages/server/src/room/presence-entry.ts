import { fail, guardWire, parse, type Schema } from '@millrace/contract'
import { defaultLimits } from '../limits.ts'
import type { Peer } from '../connection/peer.ts'
import type { LooseRoomContext } from '../implement.ts'
import type { RoomKind } from '../namespace.ts'
import { roomContext } from './hooks.ts'
import type { Member } from './member.ts'
import type { LeaveReason } from './rooms.ts'

/** What members of the room may see of the peer's user, as JSON. */
async function publicUser(kind: RoomKind, peer: Peer, params: unknown): Promise<string> {
  const { presence } = kind.entry
  if (presence === undefined) return 'null'
  const { user } = peer.connection
  if (kind.handlers.presence) {
    const shown: unknown = await kind.handlers.presence({ user, params })
    const parsed = await parse(presence.user, shown, `presence of ${kind.name}`)
    if (!parsed.ok) throw parsed.error
    return JSON.stringify(shown)
  }
  return JSON.stringify(await shownByDefault(kind, presence.user, user))
}

/** What the schema keeps of the user; it must be a value that the schema reads again, because clients do. */
async function shownByDefault(kind: RoomKind, schema: Schema, user: unknown): Promise<unknown> {
  const shown = await parse(schema, user, `presence of ${kind.name}`)
  if (!shown.ok) throw shown.error
  const again = await parse(schema, shown.value, `presence of ${kind.name}`)
  if (!again.ok)
    throw new Error(`the presence schema of ${kind.name} transforms users; add a presence handler that gives its input`)
  return shown.value
}

/** What a client says of itself. */
export interface ShownState {
  readonly json: string
  /** What its schema makes of it. */
  readonly parsed: unknown
}

/** Undefined where the room has no presence. */
export async function readPresence(kind: RoomKind, value: unknown): Promise<ShownState | undefined> {
  if (kind.entry.presence === undefined) return undefined
  const parsed = await parse(kind.entry.presence.state, value, `presence state of ${kind.name}`)
  if (!parsed.ok) throw parsed.error
  return { json: JSON.stringify(value ?? null), parsed: parsed.value }
}

/** Rejects with what the application throws where it refuses the state. */
export async function acceptPresence(context: LooseRoomContext, kind: RoomKind, state?: ShownState): Promise<void> {
  if (state) await kind.handlers.acceptPresence?.({ ...context, state: state.parsed })
}

export async function enterPresence(member: Member): Promise<void> {
  if (member.presence === undefined) return
  const { room } = member
  const user = await publicUser(room.kind, member.peer, room.params)
  if (member.isGone) return // it left meanwhile, and nobody would take out what is entered now
  await room.node.store.presence.enter(room.key, { ...entryOf(member), user, state: member.presence })
}

/** `~presence`: the client changes its own state. */
export async function setPresence(member: Member, argument: unknown): Promise<void> {
  const refusal = guardWire(argument, member.room.node.limits)
  if (refusal) throw refusal
  const { node, kind, params, key } = member.room
  const order = ++member.presenceAsked
  const state = await readPresence(kind, (argument as { state?: unknown }).state)
  if (state === undefined) throw fail('UNKNOWN_EVENT', `room "${kind.name}" has no presence`)
  await acceptPresence(roomContext(node, member.peer, kind, params, key), kind, state)
  if (order < member.presenceTaken) return // a later one was accepted sooner
  member.presenceTaken = order
  member.presence = state.json
  if (!member.isGone) await enterPresence(member)
}

/** After an unexpected end the entry stays for the grace; a client that returns in time takes it over. */
export function leavePresence(member: Member, reason: LeaveReason): void {
  if (member.presence === undefined) return
  const { node, key } = member.room
  const leave = (): void => {
    node.store.presence.leave(key, entryOf(member)).catch((error: unknown) => node.report(error))
  }
  const graceMs = graceOf(reason, node.limits.presenceGraceMs)
  if (graceMs > 0) node.rooms.later(graceMs, leave)
  else leave()
}

/** Who was told to go elsewhere is given the time for it, whatever the grace of those who just vanish. */
function graceOf(reason: LeaveReason, presenceGraceMs: number): number {
  if (reason === 'moved') return Math.max(presenceGraceMs, defaultLimits.presenceGraceMs)
  return reason === 'closed' ? presenceGraceMs : 0
}

function entryOf(member: Member): { userId: string; metaId: string; owner: string } {
  const { connection } = member.peer
  return { userId: connection.user.id, metaId: connection.clientId, owner: connection.id }
}
