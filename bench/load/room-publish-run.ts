import { roomName } from '../cluster/rooms.ts'
import type { Fleet } from './fleet.ts'
import type { Publisher } from './publisher.ts'
import { Stopwatch, type Report } from './report.ts'

export interface RoomPublishRun {
  /** Each has a member somewhere. */
  readonly rooms: readonly number[]
  /** How often is published: to the first room, to the next, and to the first again after the last. */
  readonly times: number
  /** Whether each room waits for itself only, so that as many publishes are under way as there are rooms. Default false. */
  readonly isParallel?: boolean
  /** Between the last receipt and the next publish, ms. Default 0. */
  readonly pauseMs?: number
}

/** Publishes to a room when the last member of the one before has received it. */
export async function runRoomPublishes(fleet: Fleet, publisher: Publisher, run: RoomPublishRun): Promise<Report> {
  const { rooms, isParallel = false, pauseMs = 0 } = run
  const members = new Map(rooms.map((room) => [room, membersOf(fleet, room)]))
  const lanes = isParallel ? rooms.map((room) => [room]) : [rooms]
  const lanesByRoom = new Map<string, Lane>()
  let deliveries = 0
  for (const [index, laneRooms] of lanes.entries()) {
    const times = Math.floor(run.times / lanes.length) + (index < run.times % lanes.length ? 1 : 0)
    const turns = Array.from({ length: times }, (_, turn) => laneRooms[turn % laneRooms.length] ?? 0)
    const lane = { turns, next: 0, missing: 0 }
    for (const room of laneRooms) lanesByRoom.set(roomName(room), lane)
    for (const room of turns) deliveries += members.get(room) ?? 0
  }
  const stopwatch = new Stopwatch(deliveries)
  const publishNext = (lane: Lane): void => {
    const room = lane.turns[lane.next++]
    if (room === undefined) return
    lane.missing = members.get(room) ?? 0
    publisher.ask(room)
  }
  await fleet.run(
    (finish) => {
      for (const lane of new Set(lanesByRoom.values())) publishNext(lane)
      return {
        delivered({ at }, { room }) {
          stopwatch.stop(at)
          const lane = lanesByRoom.get(room)
          if (stopwatch.count === deliveries) return finish()
          if (lane === undefined || --lane.missing > 0) return
          if (pauseMs > 0) setTimeout(publishNext, pauseMs, lane)
          else publishNext(lane)
        },
        answered() {},
      }
    },
    () => `${deliveries - stopwatch.count} of ${deliveries} deliveries are missing`,
  )
  return { ...stopwatch.report(), operations: run.times }
}

/** Rooms that wait for each other. */
interface Lane {
  readonly turns: readonly number[]
  next: number
  missing: number
}

/** @throws Error where there is none, as nothing would tell when the next publish is due. */
function membersOf(fleet: Fleet, room: number): number {
  const count = fleet.members.filter((member) => member.client.isOpen && member.room === roomName(room)).length
  if (count === 0) throw new Error(`room ${room} has no member; connect one first`)
  return count
}
