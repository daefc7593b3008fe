import { unknownName } from '../faults.ts'
import type { Host } from '../host.ts'
import { own } from '../own.ts'
import type { RoomSession } from '../room-session.ts'
import type { LiveView } from './live-view.ts'
import { RoomViews } from './room-views.ts'
import { pageVisibility } from './system-visibility.ts'
import type { UntypedQuery } from './view-plan.ts'

const views = new WeakMap<RoomSession, RoomViews>()

/** What `room.series(name).view(query)` loads when it is called for the first time. */
export async function openView(host: Host, session: RoomSession, name: string, query: UntypedQuery): Promise<LiveView> {
  const entry = own(session.address.entry.series, name)
  if (!entry) throw unknownName(`series ${name}`)
  const ofRoom = views.get(session) ?? new RoomViews(host, session, host.visibility ?? pageVisibility)
  views.set(session, ofRoom)
  return ofRoom.open(name, entry, query)
}
