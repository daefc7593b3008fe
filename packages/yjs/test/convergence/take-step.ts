import { MillraceError } from '@millrace/contract'
import type { Told } from '@millrace/testing'
import { openDocument } from '@millrace/yjs/server'
import { editOf, type Edit } from './ledger.ts'
import { deaths } from './mortal-store.ts'
import { randomEdit } from './random-edit.ts'
import type { Replica } from './replica.ts'
import type { Step } from './steps.ts'
import { nodeCount, type World } from './world.ts'

const tellings: readonly Told[] = ['both', 'both', 'client', 'server', 'nobody']
/** Ping interval and timeout: until then each side of a broken connection knows, ms. */
const heartbeatMs = 23_000

/** Does one step. Resolves when it is done, which is not when its consequences are. */
export async function takeStep(world: World, { kind, who, size }: Step): Promise<void> {
  const { trouble } = world
  const replica = world.replicas[who]!
  const node = size % nodeCount
  switch (kind) {
    case 'edit':
      return world.permissions.get(replica.user) === 'read' ? undefined : replica.edit(world.nextMark())
    case 'paste':
      return replica.paste(world.nextMark())
    case 'undo':
      return replica.undo(world.nextMark())
    case 'redo':
      return replica.redo(world.nextMark())
    case 'deliver':
      return world.deliver(1 + (size % 30))
    case 'settle':
      return world.settle()
    case 'wait':
      return wait(world, size % 200)
    case 'run':
      return world.run(size * 2)
    case 'cut':
      return cut(world, replica, told(size), size)
    case 'hold':
      return replica.cable.hold(size % 2 === 0 ? 'up' : 'down')
    case 'release':
      trouble.releaseReads()
      world.life(node)?.release()
      return replica.cable.release()
    case 'move':
      replica.cable.node = node
      return
    case 'reload':
      return reload(world, replica, size)
    case 'leave':
      return replica.provider.disconnect()
    case 'connect':
      return replica.provider.connect()
    case 'die':
      return die(world, node, size)
    case 'stop':
      return world.stopNode(node)
    case 'start':
      return world.startNode(node)
    case 'fault':
      return fault(world, node, size)
    case 'slow':
      return world.life(node)?.hold(size % 3 === 0 ? 'answers' : 'appends')
    case 'lose':
      return trouble.lose(1 + (size % 3))
    case 'stall':
      return trouble.holdReads()
    case 'transact':
      return transact(world, node)
    case 'save':
      return world.follow(replica.room.request('version.save', { name: `${size}` }).catch(mayFail))
    case 'restore':
      return world.follow(restore(world, replica, size).catch(mayFail))
    case 'permit':
      return permit(world, replica, size)
    case 'come':
      if (world.replicas.length < 8) world.come('eve')
      return
    case 'empty':
      return empty(world)
  }
}

async function wait(world: World, ms: number): Promise<void> {
  await world.pair.advance(ms)
  await world.bury()
}

function told(size: number): Told {
  return tellings[size % tellings.length]!
}

function cut({ pair }: World, { cable }: Replica, who: Told, size: number): void {
  const { wire } = cable
  if (!wire?.isAlive) return
  cable.cut(who)
  pair.clock.after((size / 1_000) * heartbeatMs, () => {
    wire.tell('server')
    wire.tell('client')
  })
}

async function reload(world: World, replica: Replica, size: number): Promise<void> {
  const { wire } = replica.cable
  await replica.reload(size % 4 !== 0, size % 2 === 0 ? 'both' : 'client')
  if (wire) world.pair.clock.after((size / 1_000) * heartbeatMs, () => wire.tell('server'))
}

/** Most wait for their moment; some end at once. */
async function die(world: World, node: number, size: number): Promise<void> {
  const life = world.life(node)
  if (!life) return
  if (size % 10 < 5) life.death = 'between'
  else if (size % 10 < 9) life.death = deaths[size % deaths.length]
  else await world.killNode(node)
}

function fault(world: World, node: number, size: number): void {
  const life = world.life(node)
  if (life) life.fault = size % 3 === 0 ? 'refuse' : 'lose the answer'
}

function transact(world: World, node: number): void {
  if (!world.running.includes(node)) return
  const mark = world.nextMark()
  const edits: Edit[] = []
  const document = openDocument(world.handle(node))
  const stored = document.transact((doc) => {
    doc.on('update', (update: Uint8Array) => edits.push(editOf(mark, update)))
    randomEdit(doc, world.random, mark)
  })
  world.follow(stored.then(() => world.ledger.acknowledged(edits)).catch(mayFail))
}

async function restore(world: World, { room }: Replica, size: number): Promise<void> {
  world.ledger.hasRestored = true
  const { versions } = await room.request('version.list', {})
  const version = versions[size % Math.max(1, versions.length)]
  if (version) await room.request('version.restore', { id: version.id })
}

function permit(world: World, { user }: Replica, size: number): void {
  world.permissions.set(user, size % 2 === 0 ? 'read' : 'write')
  for (const node of world.running) world.handle(node).kick({ userId: user })
}

/** Everybody goes, and the document is forgotten by its nodes. */
async function empty(world: World): Promise<void> {
  for (const { provider } of world.replicas) provider.disconnect()
  await world.run(12_000)
  for (const { provider } of world.replicas) provider.connect()
}

/** A request may be refused while nodes die; what it did must be whole all the same. */
function mayFail(error: unknown): void {
  if (!(error instanceof MillraceError)) throw error
}
