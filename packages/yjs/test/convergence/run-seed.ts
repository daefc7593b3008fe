import { memory, type StoreProvider } from '@millrace/server'
import { seededRandom } from '@millrace/testing'
import { isDeepStrictEqual } from 'node:util'
import { openDocument } from '@millrace/yjs/server'
import * as Y from 'yjs'
import { stateOf, type DocumentState } from './document-state.ts'
import type { SeededBug } from './seeded-bugs.ts'
import { drawStep, type Step } from './steps.ts'
import { takeStep } from './take-step.ts'
import { nodeCount, World } from './world.ts'

export interface SeedOutcome {
  readonly seed: number
  /** Nodes that died between a snapshot and its trim. */
  readonly between: number
  readonly deaths: number
  readonly edits: number
  readonly state: DocumentState
}

/** Steps that a failure shows. */
const shownSteps = 25
/** How long replicas may take to be one: ms of real time, for what Redis says, and rounds of 2 s of theirs. */
const patienceMs = 3_000
const mostRounds = 40

/**
 * One run of a seed: 60 to 150 steps, then everything heals, and all replicas, and a reader on a node that was started after all, are compared.
 *
 * @throws Error that names what differs or is missing, the seed and the last steps.
 */
export async function runSeed(seed: number, store: StoreProvider = memory(), bug?: SeededBug): Promise<SeedOutcome> {
  const random = seededRandom(seed)
  const steps = Array.from({ length: 60 + random.integer(91) }, () => drawStep(random))
  await using world = await World.create({ seed, store, bug })
  await world.run(1_000)
  for (const step of steps) await takeStep(world, step)
  if (random.integer(3) === 0) await loseAll(world)
  const violations = [...(await converge(world, bug ? 0 : patienceMs)), ...world.faults]
  const { doc } = world.replicas[0]!
  violations.push(...world.ledger.violations(doc))
  if (violations.length === 0) violations.push(...(await readAfterAll(world, stateOf(doc))))
  if (violations.length > 0) throw failure(seed, violations, steps)
  return {
    seed,
    between: world.deaths.filter((death) => death === 'between').length,
    deaths: world.deaths.length,
    edits: world.ledger.count,
    state: stateOf(doc),
  }
}

/** All nodes die at once, and no device keeps anything: only what was acknowledged must be left. */
async function loseAll(world: World): Promise<void> {
  for (let node = 0; node < nodeCount; node++) await world.killNode(node)
  for (const replica of world.replicas) await replica.reload(false, 'both')
}

/** Nothing fails any more, and everybody may write. */
async function heal(world: World): Promise<void> {
  world.trouble.lose(0)
  world.trouble.releaseReads()
  for (let node = 0; node < nodeCount; node++) {
    const life = world.life(node)
    if (life) {
      life.death = undefined
      life.fault = undefined
      life.release()
    }
  }
  await world.bury()
  for (let node = 0; node < nodeCount; node++) await world.startNode(node)
  const readers = [...world.permissions].flatMap(([user, permission]) => (permission === 'read' ? [user] : []))
  world.permissions.clear()
  for (const { cable, provider } of world.replicas) {
    cable.release()
    provider.connect()
  }
  await world.run(30_000)
  for (const userId of readers) for (const node of world.running) world.handle(node).kick({ userId })
}

async function converge(world: World, patience: number): Promise<string[]> {
  await heal(world)
  const until = performance.now() + patience
  for (let round = 1; ; round++) {
    await world.run(2_000)
    const states = world.replicas.map(({ doc }) => stateOf(doc))
    const [first] = states
    const isOne = states.every((state) => isDeepStrictEqual(state, first) && !state.isPending)
    if (isOne && world.replicas.every(({ isDone }) => isDone)) return []
    if (round < mostRounds || performance.now() < until) continue
    const endless = world.replicas.filter(({ isDone }) => !isDone)
    return [...unlike(states), ...endless.map(({ progress }) => `does not come to an end: ${progress}`)]
  }
}

/** Every node goes; another one is started, which has nothing but the store. */
async function readAfterAll(world: World, expected: DocumentState): Promise<string[]> {
  for (let node = 0; node < nodeCount; node++) await world.stopNode(node)
  await world.startNode(0)
  const stored = new Y.Doc()
  Y.applyUpdate(stored, await openDocument(world.handle(0)).export())
  const found = unlike([expected, stateOf(stored)])
  const reader = world.come('zoe')
  reader.cable.node = 0
  await world.run(3_000)
  if (!reader.isDone) found.push(`the last reader does not come to an end: ${reader.progress}`)
  return [...found, ...unlike([expected, stateOf(reader.doc)])]
}

function unlike(states: readonly DocumentState[]): string[] {
  const [first] = states
  return states.flatMap((state, index) => {
    if (state.isPending) return [`structures of replica ${index} wait for others`]
    const parts = (['stateVector', 'deleted', 'json'] as const).filter(
      (part) => !isDeepStrictEqual(state[part], first![part]),
    )
    return parts.map((part) => `${part} of replica ${index}: ${shown(state[part])} instead of ${shown(first![part])}`)
  })
}

function shown(value: unknown): string {
  return JSON.stringify(value).slice(0, 600)
}

function failure(seed: number, violations: readonly string[], steps: readonly Step[]): Error {
  const last = steps.slice(-shownSteps).map(({ kind, who, size }) => `  ${kind} ${who} ${size}`)
  const replay = `seed ${seed}, after ${steps.length} steps; replay with CONVERGENCE_SEED=${seed}`
  return new Error([...violations.slice(0, 6), replay, ...last].join('\n'))
}
