/** The same numbers for the same seed: MINSTD, Park and Miller, CACM 31 (1988). Each call gives a whole number below `end`. */
export function seeded(seed: number): (end: number) => number {
  let state = (Math.abs(Math.trunc(seed)) % 0x7fff_fffe) + 1
  return (end) => {
    state = (state * 48_271) % 0x7fff_ffff
    // Its low bits are as random as its high ones, since the modulus is a prime.
    return state % end
  }
}
