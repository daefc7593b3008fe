import type { Fleet } from './fleet.ts'
import { runRequests } from './request-run.ts'

/**
 * A delivery that comes once too often after the last round has to be noticed too: an echo per client comes after
 * everything that the server sent it before.
 *
 * @param published How often was published to the room. Undefined: some of it may be left out.
 * @throws Error where a client received more or less.
 */
export async function checkAllDelivered(fleet: Fleet, published: (room: string) => number | undefined): Promise<void> {
  await runRequests(fleet, fleet.members.length)
  for (const [index, { deliveries, room }] of fleet.members.entries()) {
    const expected = published(room) ?? deliveries.count
    if (deliveries.count !== expected)
      throw new Error(`client ${index} received ${deliveries.count} of ${expected} publishes`)
  }
}
