/**
 * Who plays when: in each round every contender once, each round beginning with the next one, so that no contender
 * always follows the same neighbour.
 */
function playingOrder<N extends string>(contenders: readonly N[], round: number): N[] {
  const first = round % contenders.length
  return [...contenders.slice(first), ...contenders.slice(0, first)]
}

export interface Plan<N extends string> {
  readonly contenders: readonly N[]
  readonly rounds: number
  /** Rounds played first and dropped. */
  readonly warmUps: number
}

/** Plays all rounds, one contender at a time, and keeps what the measured ones gave. */
export async function playRounds<N extends string, T>(
  plan: Plan<N>,
  play: (contender: N, isWarmUp: boolean) => Promise<T>,
): Promise<Map<N, T[]>> {
  const kept = new Map<N, T[]>(plan.contenders.map((contender) => [contender, []]))
  for (let round = 0; round < plan.warmUps + plan.rounds; round++) {
    const isWarmUp = round < plan.warmUps
    for (const contender of playingOrder(plan.contenders, round)) {
      const result = await play(contender, isWarmUp)
      if (!isWarmUp) kept.get(contender)?.push(result)
    }
  }
  return kept
}
