import type { Hull } from '../../game/pond.ts'
import type { ArenaClient } from './arena-client.ts'
import type { Captain, Sack } from './values.ts'

/** Others are drawn so many ticks ago, so that the next place is known already: 100 ms. */
const behindTicks = 3

export interface ViewOptions {
  /** The own boat moves before the server has answered. */
  readonly isPredicting: boolean
  /** Boats glide between the places that the server told. */
  readonly isInterpolating: boolean
  /** Outlines the own boat where the server said last that it is. */
  readonly showsServer: boolean
}

export interface ShownBoat {
  readonly captain: Captain
  readonly hull: Hull
  readonly isOwn: boolean
}

export interface Scene {
  /** The own one last. */
  readonly boats: readonly ShownBoat[]
  /** Where the server said last that the own boat is. */
  readonly server: Hull | undefined
  readonly grain: Iterable<Sack>
}

/** @param part Of the own tick under way. @param sinceMs Since the last scene. */
export function sceneOf(
  client: ArenaClient,
  options: ViewOptions,
  nowMs: number,
  part: number,
  sinceMs: number,
): Scene {
  const { pond, sailing, id } = client
  const tick = pond.clock.tickAt(nowMs)
  const boats: ShownBoat[] = []
  let own: ShownBoat | undefined
  for (const [key, track] of pond.tracks) {
    const captain = pond.captains.get(key)
    const told = options.isInterpolating && tick !== undefined ? track.at(tick - behindTicks) : track.newest
    if (!captain || !told) continue
    if (key !== id) boats.push({ captain, hull: told, isOwn: false })
    else
      own = {
        captain,
        hull: options.isPredicting && sailing ? sailing.prediction.shown(part, sinceMs) : told,
        isOwn: true,
      }
  }
  const server = own && options.showsServer && id !== undefined ? pond.tracks.get(id)?.newest : undefined
  return { boats: own ? [...boats, own] : boats, server, grain: pond.grain.values() }
}
