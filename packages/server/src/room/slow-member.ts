import { closeReason } from '@millrace/contract'
import type { Member } from './member.ts'

/** A member that takes nothing for so long is disconnected; it recovers when it returns. */
const patienceMs = 60_000

/** Whether more waits for the member's connection than it may be given at once. */
export function isBehind({ room, peer }: Member): boolean {
  return peer.link.bufferedBytes() > room.node.limits.maxBufferedBytes
}

/**
 * Waits until the connection has taken what was written. One that makes no progress is closed with `SLOW`.
 *
 * @returns Whether the member may be sent more.
 */
export async function caughtUp(member: Member): Promise<boolean> {
  const { link, connection } = member.peer
  let waiting = link.bufferedBytes()
  while (!member.isGone && isBehind(member)) {
    const isDrained = await drainsInTime(member)
    const left = link.bufferedBytes()
    if (!isDrained && left >= waiting) {
      connection.close(closeReason('SLOW'))
      return false
    }
    waiting = left
  }
  return !member.isGone
}

function drainsInTime({ room, peer }: Member): Promise<boolean> {
  return new Promise((resolve, reject) => {
    const cancel = room.node.clock.after(patienceMs, () => resolve(false))
    peer.link
      .drained()
      .then(() => resolve(true), reject)
      .finally(cancel)
      .catch(reject)
  })
}
