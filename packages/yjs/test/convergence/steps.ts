import type { SeededRandom } from '@millrace/testing'

/** How often each step is taken, in proportion. */
const weights = {
  edit: 60,
  paste: 0.3,
  undo: 4,
  redo: 2,
  deliver: 30,
  settle: 8,
  wait: 8,
  run: 14,
  cut: 5,
  hold: 2,
  release: 6,
  move: 2,
  reload: 3,
  leave: 1,
  connect: 2,
  die: 8,
  stop: 1,
  start: 12,
  fault: 2,
  slow: 3,
  lose: 2,
  stall: 2,
  transact: 3,
  save: 1,
  restore: 0.5,
  permit: 1.5,
  come: 0.5,
  empty: 0.5,
} as const

type StepKind = keyof typeof weights

/** Numbers of one step: which replica, and what the kind makes of the size, 0 to 999. */
export interface Step {
  readonly kind: StepKind
  readonly who: number
  readonly size: number
}

const kinds = Object.keys(weights) as readonly StepKind[]
const total = kinds.reduce((sum, kind) => sum + weights[kind], 0)

export function drawStep(random: SeededRandom): Step {
  let at = random.fraction() * total
  const kind = kinds.find((one) => (at -= weights[one]) < 0) ?? 'edit'
  return { kind, who: random.integer(5), size: random.integer(1_000) }
}
