import { samePosition, type Position, type WireGap } from '@millrace/contract'
import type { Entry, LogGap } from '../ports/event-log.ts'
import { encodeSingle } from './encode-entries.ts'
import { endOfFrame, frameOverheadBytes, singleOverheadBytes } from './in-frames.ts'
import { jumpOver } from './jump-over.ts'
import type { Member } from './member.ts'
import { caughtUp, isBehind, writeWhenTaken } from './slow-member.ts'

/** Pause after a read that failed. */
const retryMs = 1_000

/** Brings a member from its position to the room's flushed top, page by page as its transport drains, and makes it live. */
export async function refill(member: Member): Promise<void> {
  const { room } = member
  for (let isFirst = true; !member.isGone && !member.isLive; isFirst = false) {
    // Log and socket may answer at once, and many may be refilled: other connections come between their pages.
    if (!isFirst) await room.node.turns.next()
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
  if (member.isGone || isBehind(member)) return // other rooms were first; nothing is kept for later
  if (answer.kind === 'gap') return sendGap(member, answer)
  const last = sendPage(member, answer.entries)
  if (last !== undefined) {
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

/** The entries that fit into one page; answers the last of them. */
function sendPage({ room, peer }: Member, entries: readonly Entry[]): Entry | undefined {
  if (entries.length === 0) return undefined
  const { counters, limits } = room.node
  const overheadBytes = peer.readsFrames ? frameOverheadBytes : singleOverheadBytes
  const page = entries.slice(0, endOfFrame(entries, 0, limits.maxBufferedBytes, overheadBytes))
  if (peer.readsFrames) peer.link.write(room.page.frameOf(page))
  else for (const entry of page) peer.link.write(encodeSingle(room.handle, entry))
  counters.refilled += page.length
  return page.at(-1)
}

async function sendGap(member: Member, gap: LogGap): Promise<void> {
  const { room, peer } = member
  const from = member.position
  const jump = await jumpOver(room, from, gap)
  const message: WireGap = { room: room.handle, reason: gap.reason, from, ...jump }
  await writeWhenTaken(member, () => {
    peer.link.send('~gap', message)
    member.position = jump.to
  })
}
