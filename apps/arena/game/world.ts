/** All lengths are in units of the world, 1,600 by 1,000; speeds in units a second; angles in radians, clockwise from the right. */

export const ticksPerSecond = 30
export const tickMs = 1000 / ticksPerSecond

export const pondSize = { width: 1600, height: 1000 } as const
export const centre = { x: 800, y: 500 } as const
/** Half axes of the shore, which is an ellipse. */
export const shore = { x: 780, y: 480 } as const

export const millRadius = 110
export const boatRadius = 22
/** From the middle of the mill: where a boat unloads. */
export const quayRadius = 190
/** From the middle of a boat: what it picks up. */
export const reach = 36

export const maxSpeed = 340
/** Sacks that fit a boat. */
export const maxCargo = 6

export const maxPlayers = 12
/** Bots make up for people who are missing; one is always there. */
export const crewSize = 4

export const playTicks = 90 * ticksPerSecond
export const restTicks = 8 * ticksPerSecond
/** Without an input a boat stands still for so long, since more may be on its way; then it drifts. */
export const coastAfterTicks = 15
/** Without an input for so long, its player has left. */
export const goneAfterTicks = 10 * ticksPerSecond
