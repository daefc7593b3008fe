import type { StoreProvider } from '@millrace/server'
import { seededRandom } from '../seeded-random.ts'
import { drawStep, type ModelStep } from './model-step.ts'
import { createModelWorld, type ModelOptions, type ModelWorld } from './model-world.ts'
import { modelContract } from './model-app.ts'
import { takeStep } from './take-step.ts'

/** Steps that a failure shows. */
const shownSteps = 25
/** After this long every pause, deadline and grace is over, ms. */
const quietMs = 90_000

/** The steps of a seed, and the world they are taken in. */
export function modelOf(
  seed: number,
  stepCount: number,
  store?: StoreProvider,
): { options: ModelOptions; steps: readonly ModelStep[] } {
  const random = seededRandom(seed)
  const options: ModelOptions = {
    seed,
    room: random.pick(['plain', 'shown']),
    nodes: random.pick([1, 1, 2]),
    ...(store ? { store } : {}),
  }
  return { options, steps: Array.from({ length: stepCount }, () => drawStep(random)) }
}

/**
 * Takes the steps, then lets everything arrive. P1, P2, P3 and P5 are judged at each step.
 *
 * @throws Error that names the violations, the seed and the last steps.
 */
export async function runModel(options: ModelOptions, steps: readonly ModelStep[]): Promise<void> {
  await using world = await createModelWorld(options)
  for (const [index, step] of steps.entries()) {
    await takeStep(world, step)
    checkProtocol(world)
    if (world.violations.found.length > 0) throw failure(world, steps.slice(0, index + 1))
  }
  await finish(world)
  if (world.violations.found.length > 0) throw failure(world, steps)
}

async function finish(world: ModelWorld): Promise<void> {
  const { pair, actors, options, publications, violations } = world
  for (const { at } of actors) at.cable.release()
  world.trouble.lose(0)
  world.trouble.releaseReads()
  await pair.run(quietMs)
  await pair.room(modelContract, options.room).publish('note', { n: ++world.lastN })
  await pair.run(quietMs)
  checkProtocol(world)
  for (const { witness } of actors) witness.settled()
  if (world.followed > 0) violations.add('P5', `${world.followed} operations have no outcome`)
  publications.settled()
  for (const error of pair.errors) violations.add('P10', `reported: ${String(error)}`)
}

/** Over a transport that keeps order, a client never has to recover from what the server sends. */
function checkProtocol({ actors, violations }: ModelWorld): void {
  for (const { at, name } of actors)
    if (at.client.protocolErrors > 0) violations.add('P2', `${name} was sent what did not continue its position`)
}

function failure({ violations, options }: ModelWorld, steps: readonly ModelStep[]): Error {
  const last = steps.slice(-shownSteps).map(({ kind, who, size }, index) => {
    return `  ${Math.max(0, steps.length - shownSteps) + index}: ${kind} ${who} ${size}`
  })
  const { seed, room, nodes } = options
  const replay = `seed ${seed}, room ${room}, ${nodes} nodes, after ${steps.length} steps; replay with MODEL_SEED=${seed}`
  return new Error([...violations.found.slice(0, 5), replay, ...last].join('\n'))
}
