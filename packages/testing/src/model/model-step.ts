import type { SeededRandom } from '../seeded-random.ts'

/** How often each step is taken, in proportion. */
const weights = {
  join: 6,
  leave: 2,
  publish: 22,
  retry: 6,
  post: 10,
  say: 10,
  cut: 6,
  hold: 2,
  release: 6,
  deliver: 40,
  settle: 10,
  wait: 8,
  run: 8,
  trim: 4,
  rewind: 2,
  kick: 1,
  move: 2,
  lose: 2,
  stall: 2,
  restart: 1,
} as const

export type StepKind = keyof typeof weights

export const stepKinds = Object.keys(weights) as readonly StepKind[]

/** One step as plain data, so that it can be taken in any state of the world, and shrunk. */
export interface ModelStep {
  readonly kind: StepKind
  /** Which client, 0 to 2. */
  readonly who: number
  /** Meaning depends on the kind; 0 to 999. */
  readonly size: number
}

const lots = stepKinds.flatMap((kind) => Array<StepKind>(weights[kind]).fill(kind))

export function drawStep(random: SeededRandom): ModelStep {
  return { kind: random.pick(lots), who: random.integer(3), size: random.integer(1_000) }
}
