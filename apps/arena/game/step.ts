import { botHelm } from './bot-helm.ts'
import { bump } from './bump.ts'
import { gather, spill } from './gather.ts'
import { moveBoat } from './move-boat.ts'
import type { Boat, Input, Pond } from './pond.ts'
import { turnRound } from './turn-round.ts'
import { coastAfterTicks } from './world.ts'

/** By the boat's id; what each tick of a player's own was, in order. More than three at once count as the first three. */
export type Inputs = ReadonlyMap<string, readonly Input[]>

const maxInputs = 3
const adrift = { turn: 0, thrust: 0 }

/** One tick: the same values give the same pond, on every machine that rounds as IEEE 754 does. */
export function step(pond: Pond, inputs: Inputs, dtMs: number): Pond {
  const moved = pond.boats.map((boat) => (boat.isBot ? ride(pond, boat, dtMs) : steer(boat, inputs, dtMs)))
  const { boats, rammed } = bump(moved)
  const after = { ...pond, tick: pond.tick + 1, boats }
  return turnRound(after.round.phase === 'play' ? gather(spill(after, rammed)) : after)
}

function ride(pond: Pond, boat: Boat, dtMs: number): Boat {
  return moveBoat(boat, botHelm(pond, boat), dtMs)
}

/** Each input moves the boat by one tick, so that the player's own prediction comes to the same. */
function steer(boat: Boat, inputs: Inputs, dtMs: number): Boat {
  const fresh = (inputs.get(boat.id) ?? []).filter(({ seq }) => seq > boat.seq).slice(0, maxInputs)
  if (fresh.length === 0) {
    const idle = { ...boat, idleTicks: boat.idleTicks + 1 }
    return idle.idleTicks > coastAfterTicks ? moveBoat(idle, adrift, dtMs) : idle
  }
  return fresh.reduce((at, input) => ({ ...moveBoat(at, input, dtMs), seq: input.seq, idleTicks: 0 }), boat)
}
