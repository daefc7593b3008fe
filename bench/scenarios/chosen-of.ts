/**
 * The contenders of a scenario that the user chose, in the scenario's order.
 *
 * @throws Error where none is left.
 */
export function chosenOf<N extends string>(scenario: string, known: readonly N[], chosen: readonly string[]): N[] {
  const playing = known.filter((name) => chosen.includes(name))
  if (playing.length === 0) throw new Error(`${scenario} is played by ${known.join(',')}; name some of them`)
  return playing
}
