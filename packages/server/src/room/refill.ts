import { samePosition, type Position, type WireGap } from '@millrace/contract'
import type { Entry, LogGap } from '../ports/event-log.ts'
import { encodeSingle } from './encode-entries.ts'
import { jumpOver } from './jump-over.ts'
import type { Member } from './member.ts'
import { caughtUp, isBehind } from './slow-member.ts'

/** Pause after a read that failed. */
const retryMs = 1_000

/** Brings a member from its position to the room's flushed top, page by page as its transport drains, and makes it live. */
export async function refill(member: Member): Promise<void> {
  const { room } = member
  while (!member.isGone && !member.isLive) {
    if (isBehind(member) && !(await caughtUp(member))) return
    if (samePosition(member.position, room.log.flushed)) {
      member.isLive = true
      return
    }
    try {
      await refillPage(member)
    } catch (error) {
      room.node.report(error)
      await new Promise<void>((resolve) => void room.node.clock.after(retryMs, resolve))
    }
  }
}

async function refillPage(member: Member): Promise<void> {
  const { room } = member
  const answer = await room.log.readAfter(member.position)
  if (member.isGone) return
  if (answer.kind === 'gap') return sendGap(member, answer)
  const last = answer.entries[answer.entries.length - 1]
  if (last !== undefined) {
    sendEntries(member, answer.entries)
    member.position = { epoch: last.epoch, offset: last.offset, id: last.id }
  } else if (isAhead(member.position, room.log.flushed)) {
    await room.moved()
  } else {
    await room.log.repair()
  }
}

/** The member came from a node that was further. What this one flushes next may belong to another history. */
function isAhead(position: Position, flushed: Position): boolean {
  return position.epoch === flushed.epoch && position.offset > flushed.offset
}

function sendEntries(member: Member, entries: readonly Entry[]): void {
  const { room, peer } = member
  const { handle } = room
  const packets = peer.readsFrames ? room.page.framesOf(entries) : entries.map((entry) => encodeSingle(handle, entry))
  for (const packet of packets) peer.link.write(packet)
}

async function sendGap(member: Member, gap: LogGap): Promise<void> {
  const { room, peer } = member
  const from = member.position
  const jump = await jumpOver(room, from, gap)
  if (member.isGone) return
  const message: WireGap = { room: room.handle, reason: gap.reason, from, ...jump }
  peer.link.send('~gap', message)
  member.position = jump.to
}
