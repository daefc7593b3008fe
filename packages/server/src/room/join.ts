import { fail, guardWire, parse, parsePosition, roomKey } from '@millrace/contract'
import type { GapSpan, Position, StatePosition, WireAnswer, WireJoined } from '@millrace/contract'
import { isOverBudget } from '../connection/backlog.ts'
import type { Peer } from '../connection/peer.ts'
import type { RoomKind } from '../namespace.ts'
import type { Node } from '../node.ts'
import type { LogGap } from '../ports/event-log.ts'
import { runMiddleware } from '../pipeline/middleware.ts'
import { RequestContext } from '../pipeline/request-context.ts'
import { isRecord } from '../pipeline/wire-input.ts'
import { roomContext } from './hooks.ts'
import { catchUp, jumpOver } from './jump-over.ts'
import { Member } from './member.ts'
import { acceptPresence, enterPresence, leavePresence, readPresence, type ShownState } from './presence-entry.ts'
import { refill } from './refill.ts'
import type { Room } from './room.ts'
import { isBehind } from './snapshots.ts'

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
export async function join(node: Node, peer: Peer, argument: unknown, answer: Answer): Promise<void> {
  const order = ++peer.joinCount
  const joining = await readJoin(node, peer, argument, order)
  const { middleware, name } = joining.kind
  let isAnswered = false
  const answerOnce: Answer = (result) => {
    isAnswered = true
    answer(result)
  }
  assertRoomLeft(node, peer, joining)
  peer.pendingJoins++
  try {
    const context = new RequestContext(node, peer, '~join', joining.input)
    await runMiddleware(middleware, context, () => enter(node, peer, joining, answerOnce))
    if (!isAnswered)
      throw new Error(`a middleware of room "${name}" returned without next(); call it, or refuse with fail()`)
  } catch (error) {
    if (!isAnswered) throw error
    node.report(error)
  } finally {
    peer.pendingJoins--
  }
}

type Answer = (answer: WireAnswer) => void

async function enter(node: Node, peer: Peer, joining: JoinInput, answer: Answer): Promise<void> {
  const { kind, params, key, presence, input, order } = joining
  const context = roomContext(node, peer, kind, params, key)
  // Before the room is opened, which takes a place in the store.
  if ((await kind.handlers.authorize(context)) !== true) throw fail('FORBIDDEN', `you may not join this ${kind.name}`)
  await node.rooms.using(kind, params, async (room) => {
    await acceptPresence(context, kind, presence)
    const start = await startOf(room, parsePosition(input.position), parsePosition(input.left))
    const member = new Member(room, peer, start.position, presence?.json, order)
    assertNewest(member)
    await enterPresence(member)
    try {
      await kind.handlers.onJoin?.(context)
      // Looked at again right before the answer: other joins may have waited for the same moment.
      while (isOverBudget(node, peer) && (await peer.backlog(node).taken()));
      assertNewest(member)
    } catch (error) {
      await withdraw(member)
      throw error
    }
    const known = peer.members.get(room.handle)
    if (known) {
      room.remove(known)
      member.replace(known)
    }
    peer.link.enter(room.key)
    room.add(member)
    answer({ ok: true, data: joined(room, start, input.state as StatePosition | undefined) })
    void refill(member)
  })
}

/** A join that was overtaken by a later one of the same client must not undo it. */
function assertNewest({ room, peer, order }: Member): void {
  if (peer.isClosed) throw fail('DISCONNECTED', 'the connection ended during the join')
  const known = peer.members.get(room.handle)
  if (known && known.order > order)
    throw fail('DISCONNECTED', 'a later join of this room was answered first; use its answer')
}

/** The presence that a failed join entered: an earlier membership of the client goes on without it. */
async function withdraw(member: Member): Promise<void> {
  const known = member.peer.members.get(member.room.handle)
  if (known) await enterPresence(known)
  else leavePresence(member, member.peer.isClosed && !member.peer.connection.isRevoked ? 'closed' : 'left')
}

interface JoinInput {
  readonly kind: RoomKind
  readonly params: unknown
  readonly key: string
  readonly presence: ShownState | undefined
  readonly input: Record<string, unknown>
  readonly order: number
}

async function readJoin(node: Node, peer: Peer, argument: unknown, order: number): Promise<JoinInput> {
  if (!isRecord(argument)) throw fail('INVALID_INPUT', '~join takes { room, params }')
  const refusal = guardWire(argument, node.limits)
  if (refusal) throw refusal
  const kind = typeof argument.room === 'string' ? peer.namespace.rooms.get(argument.room) : undefined
  if (kind === undefined)
    throw fail('UNKNOWN_EVENT', `${peer.namespace.name} declares no room of that name`, { path: 'room' })
  if ((argument.version ?? 1) !== kind.version)
    throw fail('CONTRACT_MISMATCH', `room "${kind.name}" is at version ${kind.version} here`)
  for (const path of ['position', 'left'])
    if (argument[path] !== undefined && parsePosition(argument[path]) === undefined)
      throw fail('INVALID_INPUT', 'a position is { epoch, offset, id }', { path })
  const params = await readParams(kind, argument.params)
  const key = roomKey(kind.namespace.name, kind.name, params)
  return { kind, params, key, presence: await readPresence(kind, argument.presence), input: argument, order }
}

/** Joins under way count, or a burst of them would pass the limit. */
function assertRoomLeft({ rooms, limits }: Node, peer: Peer, { key }: JoinInput): void {
  if (peer.members.size + peer.pendingJoins < limits.maxRoomsPerConnection) return
  const room = rooms.get(key)
  if (room && peer.members.has(room.handle)) return
  throw fail('OVERLOADED', `a connection may be in ${limits.maxRoomsPerConnection} rooms; leave one first`)
}

async function readParams(kind: RoomKind, value: unknown): Promise<unknown> {
  if (kind.entry.params === undefined) return {}
  const parsed = await parse(kind.entry.params, value, `parameters of ${kind.name}`)
  if (!parsed.ok) throw parsed.error
  return parsed.value
}

async function startOf(room: Room, position: Position | undefined, left: Position | undefined): Promise<Start> {
  if (position === undefined) {
    if (left && isBehind(room.log.flushed, left)) await catchUp(room)
    if (!room.snapshots.isDeclared) return { position: room.log.flushed, recovered: false }
    const { position: captured, value } = await room.snapshots.read()
    return { position: captured, recovered: false, snapshot: value }
  }
  const gap = await gapAfter(room, position)
  if (gap === undefined) return { position, recovered: true }
  const { to, ...rest } = await jumpOver(room, position, gap)
  return { position: to, recovered: false, gap: { reason: gap.reason, from: position, to }, ...rest }
}

/** Where the position is not part of the history, this node may be the one that is behind: it looks first. */
async function gapAfter({ log }: Room, position: Position): Promise<LogGap | undefined> {
  let answer = await log.readAfter(position)
  if (answer.kind === 'gap' && answer.reason !== 'trimmed') {
    await log.repair()
    answer = await log.readAfter(position)
  }
  return answer.kind === 'gap' ? answer : undefined
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
