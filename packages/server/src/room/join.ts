import { fail, guardWire, parse, parsePosition } from '@millrace/contract'
import type { GapSpan, Position, StatePosition, WireAnswer, WireJoined } from '@millrace/contract'
import type { Peer } from '../connection/peer.ts'
import type { RoomKind } from '../namespace.ts'
import type { Node } from '../node.ts'
import { runMiddleware } from '../pipeline/middleware.ts'
import { RequestContext } from '../pipeline/request-context.ts'
import { isRecord } from '../pipeline/wire-input.ts'
import { roomContext } from './hooks.ts'
import { Member } from './member.ts'
import { enterPresence, leavePresence, readPresence } from './presence-entry.ts'
import { refill } from './refill.ts'
import type { Room } from './room.ts'

interface Start {
  readonly position: Position
  readonly recovered: boolean
  readonly gap?: GapSpan
  readonly snapshot?: unknown
}

/**
 * `~join`: authorises, finds where delivery starts, and adds the member. The answer is given in the same step, so that
 * nothing of the room precedes it and nothing is missed after it.
 */
export async function join(
  node: Node,
  peer: Peer,
  argument: unknown,
  answer: (answer: WireAnswer) => void,
): Promise<void> {
  const { kind, params, presence, input } = await readJoin(node, peer, argument)
  const context = new RequestContext(node, peer, '~join', input)
  await runMiddleware(kind.middleware, context, async () => {
    await node.rooms.using(kind, params, async (room) => {
      const hookContext = roomContext(node, peer, kind, params, room.key)
      if ((await kind.handlers.authorize(hookContext)) !== true)
        throw fail('FORBIDDEN', `you may not join this ${kind.name}`)
      const start = await startOf(room, parsePosition(input.position))
      const member = new Member(room, peer, start.position, presence)
      await enterPresence(member)
      try {
        await kind.handlers.onJoin?.(hookContext)
        if (peer.isClosed) throw fail('DISCONNECTED', 'the connection ended during the join')
      } catch (error) {
        leavePresence(member, 'left')
        throw error
      }
      const known = peer.members.get(room.handle)
      if (known) room.remove(known)
      peer.link.enter(room.key)
      room.add(member)
      answer({ ok: true, data: joined(room, start, input.state as StatePosition | undefined) })
      void refill(member)
    })
  })
}

interface JoinInput {
  readonly kind: RoomKind
  readonly params: unknown
  /** JSON of the presence state. */
  readonly presence: string | undefined
  readonly input: Record<string, unknown>
}

async function readJoin(node: Node, peer: Peer, argument: unknown): Promise<JoinInput> {
  if (!isRecord(argument)) throw fail('INVALID_INPUT', '~join takes { room, params }')
  const refusal = guardWire(argument, node.limits)
  if (refusal) throw refusal
  const kind = typeof argument.room === 'string' ? peer.namespace.rooms.get(argument.room) : undefined
  if (kind === undefined)
    throw fail('UNKNOWN_EVENT', `${peer.namespace.name} declares no room of that name`, { path: 'room' })
  if ((argument.version ?? 1) !== kind.version)
    throw fail('CONTRACT_MISMATCH', `room "${kind.name}" is at version ${kind.version} here`)
  if (argument.position !== undefined && parsePosition(argument.position) === undefined) {
    throw fail('INVALID_INPUT', 'a position is { epoch, offset, id }', { path: 'position' })
  }
  if (peer.members.size >= node.limits.maxRoomsPerConnection) {
    throw fail('OVERLOADED', `a connection may be in ${node.limits.maxRoomsPerConnection} rooms; leave one first`)
  }
  const params = await readParams(kind, argument.params)
  return { kind, params, presence: await readPresence(kind, argument.presence), input: argument }
}

async function readParams(kind: RoomKind, value: unknown): Promise<unknown> {
  if (kind.entry.params === undefined) return {}
  const parsed = await parse(kind.entry.params, value, `parameters of ${kind.name}`)
  if (!parsed.ok) throw parsed.error
  return parsed.value
}

async function startOf(room: Room, position: Position | undefined): Promise<Start> {
  if (position === undefined) {
    if (!room.kind.handlers.snapshot) return { position: room.log.flushed, recovered: false }
    const { position: captured, value } = await room.snapshot()
    return { position: captured, recovered: false, snapshot: value }
  }
  const answer = await room.log.readAfter(position)
  if (answer.kind === 'page') return { position, recovered: true }
  const { to, ...rest } = await room.jumpOver(position, answer)
  return { position: to, recovered: false, gap: { reason: answer.reason, from: position, to }, ...rest }
}

function joined(room: Room, start: Start, since: StatePosition | undefined): WireJoined {
  const state = room.state?.updateSince(since)
  const presence = room.presence?.everyone()
  return {
    room: room.handle,
    top: room.log.flushed,
    ...start,
    ...(state ? { state } : {}),
    ...(presence ? { presence } : {}),
  }
}
