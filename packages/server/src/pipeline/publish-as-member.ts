import { fail, type EventEntry, type WireAnswer, type WireRequest } from '@millrace/contract'
import type { Node } from '../node.ts'
import type { Member } from '../room/member.ts'
import { RoomHandle } from '../room/room-handle.ts'
import { refusal } from './answers.ts'
import { runMiddleware } from './middleware.ts'
import { RequestContext } from './request-context.ts'

/** Publishes an event that members may publish, as the member's user. Never rejects. */
export async function publishAsMember(
  node: Node,
  member: Member,
  name: string,
  event: EventEntry,
  request: WireRequest,
): Promise<WireAnswer> {
  try {
    if ((request.version ?? 1) !== event.version) {
      throw fail('CONTRACT_MISMATCH', `"${name}" is at version ${event.version} here; update the older side`)
    }
    const { kind, params, key } = member.room
    const { peer } = member
    const author = { from: peer.connection.user.id, requestKey: undefined }
    const room = new RoomHandle(node, kind, params, key, author)
    const options = request.key === undefined ? {} : { key: request.key }
    const context = new RequestContext(node, peer, name, request.input, request.key, member)
    const data = await runMiddleware(kind.middleware, context, () => room.publish(name, context.input, options))
    return { ok: true, data }
  } catch (error) {
    return refusal(error, node.report)
  }
}
