/** What a player does at one tick. */
export interface Helm {
  /** -1 to 1: to the left, to the right. */
  readonly turn: number
  /** -1 to 1: back, ahead. */
  readonly thrust: number
}

export interface Input extends Helm {
  /** Rises by one with each input of a player. */
  readonly seq: number
}

/** What of a boat moves; a client that knows it predicts the rest. */
export interface Hull {
  readonly x: number
  readonly y: number
  readonly angle: number
  readonly vx: number
  readonly vy: number
  /** Sacks on board, which make it slow. */
  readonly cargo: number
}

export interface Boat extends Hull {
  /** The player's user id, or `bot.1`. */
  readonly id: string
  readonly name: string
  /** Of its colour, 0 to 359. */
  readonly hue: number
  readonly isBot: boolean
  readonly score: number
  /** Rounds won. */
  readonly wins: number
  /** Of the last input that moved it; -1 before the first. */
  readonly seq: number
  /** Ticks since then. */
  readonly idleTicks: number
}

export interface Grain {
  /** From 100 on: spilt by a boat; it does not come again once it is picked up. */
  readonly id: number
  readonly x: number
  readonly y: number
  /** In sacks. */
  readonly worth: number
}

export interface Round {
  readonly number: number
  readonly phase: 'play' | 'rest'
  readonly endTick: number
  /** Name of who won the round that is over; '' where nobody did. */
  readonly winner: string
}

/** Everything there is at one tick. */
export interface Pond {
  readonly tick: number
  /** Of the next random number: 32 bits. */
  readonly seed: number
  readonly boats: readonly Boat[]
  readonly grain: readonly Grain[]
  readonly round: Round
}
