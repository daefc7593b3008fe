import { MillraceError } from '@millrace/contract'
import type { Told } from '../pair/wire.ts'
import { modelContract } from './model-app.ts'
import type { ModelStep } from './model-step.ts'
import type { Actor, ModelWorld } from './model-world.ts'

const tellings: readonly Told[] = ['both', 'both', 'client', 'server', 'nobody']
/** Ping interval and timeout: until then each side of a broken connection knows, ms. */
const heartbeatMs = 23_000
/** A key may be used again for 5 minutes; the client itself stops earlier. */
const retryWithinMs = 4 * 60_000

/** Does one step. Resolves when it is done, which is not when its consequences are. */
export async function takeStep(world: ModelWorld, { kind, who, size }: ModelStep): Promise<void> {
  const { pair } = world
  const actor = world.actors[who] as Actor
  switch (kind) {
    case 'join':
      return join(world, actor)
    case 'leave':
      actor.witness.out()
      return world.follow(actor.room.leave())
    case 'publish':
    case 'post':
      return actor.witness.state === 'out' ? join(world, actor) : publish(world, actor, kind)
    case 'retry':
      return retry(world, actor, size)
    case 'say':
      return say(world, size)
    case 'cut':
      return cut(world, actor, tellings[size % tellings.length] as Told, size)
    case 'hold':
      return actor.at.cable.hold(size % 2 === 0 ? 'up' : 'down')
    case 'release':
      world.trouble.releaseReads()
      return actor.at.cable.release()
    case 'deliver':
      return deliver(world, 1 + (size % 6), size % 4 === 0)
    case 'settle':
      return pair.settle()
    case 'wait':
      return pair.advance(size % 200)
    case 'run':
      return pair.run(size * 3)
    case 'trim':
      return trim(world, size % 8)
    case 'rewind':
      return rewind(world, 1 + (size % 4))
    case 'kick':
      return pair.room(modelContract, world.options.room, {}, size % world.options.nodes).kick({ userId: actor.name })
    case 'move':
      actor.at.cable.node = size % world.options.nodes
      return
    case 'lose':
      return world.trouble.lose(1 + (size % 3))
    case 'stall':
      return world.trouble.holdReads()
    case 'restart':
      return restart(world, size % world.options.nodes)
  }
}

function join(world: ModelWorld, { room, witness }: Actor): void {
  if (witness.state !== 'out') return
  const membership = witness.joining()
  world.follow(
    room.join().then(
      ({ snapshot }) => witness.joined(membership, snapshot),
      (error: unknown) => {
        if (!(error instanceof MillraceError) || error.rule.fault === 'server')
          world.violations.add('P2', `a join failed with ${String(error)}`)
        witness.refused(membership)
      },
    ),
  )
}

function publish(world: ModelWorld, { name, room }: Actor, kind: 'publish' | 'post'): void {
  const { publications, pair } = world
  const key = `k${++world.lastN}`
  const operation = publications.begin({ user: name, kind, key, n: world.lastN, firstAt: pair.clock.monotonic() })
  world.follow(publications.follow(operation, attempt(room, operation)))
}

/** The application sends an operation of a moment ago again, whatever became of it. */
function retry(world: ModelWorld, { name, room }: Actor, size: number): void {
  const { publications, pair } = world
  const known = publications.operations.filter(
    ({ user, firstAt }) => user === name && pair.clock.monotonic() - firstAt < retryWithinMs,
  )
  const operation = known[Math.max(0, known.length - 1 - (size % 8))]
  if (operation) world.follow(publications.follow(operation, attempt(room, operation)))
}

function attempt(room: Actor['room'], { kind, n, key }: { kind: 'publish' | 'post'; n: number; key: string }) {
  return kind === 'publish' ? room.publish('note', { n }, { key }) : room.request('post', { n }, { key })
}

function say(world: ModelWorld, size: number): void {
  const { options, pair } = world
  const told = pair.room(modelContract, options.room, {}, size % options.nodes).publish('note', { n: ++world.lastN })
  world.follow(told.then(() => {}))
}

function cut({ pair }: ModelWorld, { at: { cable } }: Actor, told: Told, size: number): void {
  const { wire } = cable
  if (!wire?.isAlive) return
  cable.cut(told)
  pair.clock.after((size / 1_000) * heartbeatMs, () => {
    wire.tell('server')
    wire.tell('client')
  })
}

async function deliver({ pair }: ModelWorld, packets: number, isOneTick: boolean): Promise<void> {
  for (let moved = 0; moved < packets && pair.deliver(); moved++) await (isOneTick ? pair.runPromises() : pair.settle())
}

async function trim({ faults, pair, roomKey, truth }: ModelWorld, keepEvents: number): Promise<void> {
  await pair.runPromises()
  await faults.trim(roomKey, keepEvents)
  truth.trimmed(keepEvents)
}

async function rewind({ faults, pair, roomKey, truth }: ModelWorld, back: number): Promise<void> {
  await pair.runPromises()
  const toOffset = Math.max(0, truth.top.offset - back)
  await faults.rewind(roomKey, toOffset)
  truth.rewound(toOffset)
}

/** A node dies without a word and comes back. What its clients and handlers were doing has no outcome there. */
async function restart({ pair, trouble }: ModelWorld, node: number): Promise<void> {
  trouble.releaseReads()
  await pair.runPromises()
  await pair.stopNode(node)
  await pair.startNode(node)
}
