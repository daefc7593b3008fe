import { fail, guardWire, wireNames, type WireAnswer, type WireRequest } from '@millrace/contract'
import { authenticateAgain } from '../connection/authenticate-again.ts'
import type { Peer } from '../connection/peer.ts'
import { isPromise, type Maybe } from '../maybe.ts'
import type { Operation } from '../namespace.ts'
import type { Node } from '../node.ts'
import { readHistory } from '../room/history.ts'
import { join } from '../room/join.ts'
import type { Member } from '../room/member.ts'
import { setPresence } from '../room/presence-entry.ts'
import { valueDigest } from '../value-digest.ts'
import { refusal } from './answers.ts'
import { giveAnswer } from './give-answer.ts'
import { publishAsMember } from './publish-as-member.ts'
import { RequestContext } from './request-context.ts'
import { runOnce } from './run-once.ts'
import { runOperation } from './run-operation.ts'
import { isRecord, readRequest } from './wire-input.ts'

export type Answer = (answer: WireAnswer) => void

/** Handles one event of a client and answers it, unless the client is being moved to another node. Never throws. */
export function receive(node: Node, peer: Peer, name: string, argument: unknown, acknowledge: Answer): void {
  if (peer.connection.takesNoMore) return
  node.counters.requestsIn++
  const answer: Answer = (result) => send(node, acknowledge, result)
  const give: Answer = (result) => giveAnswer(node, peer, result, answer)
  try {
    if (peer.pendingRequests >= node.limits.maxPendingRequests) {
      throw fail('OVERLOADED', `${peer.pendingRequests} requests wait for an answer; send fewer at once`)
    }
    const result = dispatch(node, peer, name, argument, answer)
    // A view waits by itself, before it is read: its increments follow its answer.
    if (isPromise(result)) void answerLater(node, peer, result, name === wireNames.view ? answer : give, give)
    else if (result) give(result)
  } catch (error) {
    give(refusal(error, node.report))
  }
}

async function answerLater(
  node: Node,
  peer: Peer,
  result: Promise<WireAnswer | undefined>,
  answer: Answer,
  refuse: Answer,
): Promise<void> {
  peer.pendingRequests++
  node.handling.begin()
  try {
    const settled = await result
    if (settled) answer(settled)
  } catch (error) {
    refuse(refusal(error, node.report))
  } finally {
    peer.pendingRequests--
    node.handling.end()
  }
}

/** An answer that JSON cannot hold (a bigint, a cycle) is the handler's fault and is reported. */
function send(node: Node, acknowledge: Answer, result: WireAnswer): void {
  try {
    acknowledge(result)
  } catch (error) {
    acknowledge(refusal(error, node.report))
  }
}

/** The answer, or undefined where a join has answered by itself. */
function dispatch(
  node: Node,
  peer: Peer,
  name: string,
  argument: unknown,
  answer: Answer,
): Maybe<WireAnswer | undefined> {
  if (!name.startsWith('~')) return dispatchRequest(node, peer, name, argument)
  if (name === wireNames.join) return join(node, peer, argument, answer).then(() => undefined)
  if (name === wireNames.ping) return { ok: true }
  if (name === wireNames.auth) return authenticateAgain(node, peer, argument).then(() => ({ ok: true }))
  if (name === wireNames.invalid)
    throw fail('INVALID_INPUT', 'this is not a Socket.IO event that an application may send')
  const member = isRecord(argument) ? peer.members.get(argument.room as number) : undefined
  if (name === wireNames.leave) return leave(node, member)
  if (name === wireNames.history) return readHistory(mustBe(member), argument).then((data) => ({ ok: true, data }))
  if (name === wireNames.view) return view(mustBe(member), argument)
  if (name === wireNames.unview) return unview(member, argument)
  if (name === wireNames.presence) return setPresence(mustBe(member), argument).then(() => ({ ok: true }))
  throw fail('UNKNOWN_EVENT', 'the protocol has no event of that name')
}

async function leave(node: Node, member: Member | undefined): Promise<WireAnswer> {
  if (member) await node.rooms.leave(member, 'left')
  return { ok: true }
}

async function view(member: Member, argument: unknown): Promise<WireAnswer> {
  const { series, kind } = member.room
  if (series === undefined) throw fail('UNKNOWN_EVENT', `room "${kind.name}" declares no series`, { path: 'series' })
  return { ok: true, data: await series.view(member, argument) }
}

function unview(member: Member | undefined, argument: unknown): WireAnswer {
  if (member) member.room.series?.unview(member, argument)
  return { ok: true }
}

function dispatchRequest(node: Node, peer: Peer, name: string, argument: unknown): Maybe<WireAnswer> {
  const request = readRequest(argument)
  if (request.settled) forgetSettled(node, peer, request.settled)
  const excess = guardWire(request.input, node.limits)
  if (excess) throw excess
  if (request.room === undefined) {
    const operation = peer.namespace.requests.get(name)
    if (operation === undefined) throw fail('UNKNOWN_EVENT', `${peer.namespace.name} declares no request of that name`)
    return run(node, peer, operation, request)
  }
  const member = mustBe(peer.members.get(request.room))
  const operation = member.room.kind.requests.get(name)
  if (operation) {
    if (operation.entry.parallel) return run(node, peer, operation, request, member)
    return inTurn(member, () => run(node, peer, operation, request, member))
  }
  const event = member.room.kind.events.get(name)
  if (event?.publish !== 'members')
    throw fail('UNKNOWN_EVENT', `room "${member.room.kind.name}" declares no request of that name`)
  return inTurn(member, () => publishAsMember(node, member, name, event, request))
}

/** The client has the answers and sends these keys never again, so that nothing needs to be remembered for them. */
function forgetSettled(node: Node, peer: Peer, keys: readonly string[]): void {
  for (const requestKey of keys) {
    const key = peer.claims.take(requestKey)
    const forgotten = key === undefined ? undefined : node.store.claims.forget(key)
    if (isPromise(forgotten)) forgotten.catch(node.report)
  }
}

/** Runs after what the member sent before. Who is put out of a room takes nothing more into it. */
function inTurn(member: Member, task: () => Maybe<WireAnswer>): Maybe<WireAnswer> {
  const { queue } = member
  return queue.run(() => {
    if (queue.isClosed) throw fail('FORBIDDEN', 'the room was left before this could run; join it again')
    return task()
  })
}

function run(node: Node, peer: Peer, operation: Operation, request: WireRequest, member?: Member): Maybe<WireAnswer> {
  const { entry, name } = operation
  if ((request.version ?? 1) !== entry.version) {
    return refusal(
      fail('CONTRACT_MISMATCH', `"${name}" is at version ${entry.version} here; update the older side`),
      node.report,
    )
  }
  const context = new RequestContext(node, peer, name, request.input, request.key, member)
  if (request.key === undefined || entry.idempotent) return runOperation(node, operation, context)
  const scope = member?.room.key ?? peer.namespace.name
  const key = peer.claims.add(scope, name, peer.connection.user.id, request.key)
  return runOnce(node, { key, digest: valueDigest(request.input) }, () => runOperation(node, operation, context))
}

function mustBe(member: Member | undefined): Member {
  if (member === undefined) throw fail('FORBIDDEN', 'join the room first, and send the handle that the answer gave')
  return member
}
