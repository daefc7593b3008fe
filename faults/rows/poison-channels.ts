import { MillraceError } from '@millrace/contract'
import { seededRandom, type SeededRandom } from '@millrace/testing'
import { anyBytes, mutate } from '@millrace/testing/faults'
import { Redis } from 'ioredis'
import { faultContract } from '../contract.ts'
import type { Fleet } from '../fleet/start-fleet.ts'
import { startLoad, type Load } from '../load/start-load.ts'
import { until } from '../load/until.ts'
import { noGaps } from './no-gaps.ts'
import type { Findings } from './findings.ts'
import { worksAgain } from './works-again.ts'
import { wrongShapesOf } from './wrong-shapes.ts'

interface Channel {
  readonly name: string
  readonly isSharded: boolean
  /** What the nodes said on it. */
  readonly genuine: Buffer[]
}

interface Poison {
  readonly channel: Channel
  readonly bytes: Buffer
}

const adapterKey = 'millrace:socket.io'
const batch = 500
const misfits: readonly string[] = ['CONTRACT_MISMATCH', 'INVALID_INPUT']

/** On every channel that a node of the live fleet listens to. Nothing of it reaches anybody, and nobody loses anything. */
export async function poisonChannels(fleet: Fleet, findings: Findings, seed: number, count: number): Promise<void> {
  const unfit: Error[] = []
  // A harmed volatile event may still be one; the contract says that it is none of its own.
  const onError = (error: Error): void => {
    if (!(error instanceof MillraceError && misfits.includes(error.code))) unfit.push(error)
  }
  await using load = await startLoad(fleet, { seed, onError })
  const admin = new Redis(fleet.redis.url)
  try {
    const channels = await channelsOf(admin, load, fleet.nodes.length)
    findings.fault(
      'there are channels of every kind',
      hasEveryKind(channels),
      channels.map(({ name }) => name),
    )
    await listenIn(fleet, load, findings, channels)
    findings.fault('the nodes talk on them', channels.filter(({ genuine }) => genuine.length > 0).length >= 4)

    const connections = connectionsOf(load)
    const before = await Promise.all(fleet.nodes.map((node) => node.stats()))
    const poison = [...poisonFor(channels, seededRandom(seed), count)]
    for (let from = 0; from < poison.length; from += batch) {
      const pipeline = admin.pipeline()
      for (const { channel, bytes } of poison.slice(from, from + batch))
        pipeline.call(channel.isSharded ? 'spublish' : 'publish', channel.name, bytes)
      const heard = (await pipeline.exec()) ?? []
      findings.fault(
        'every node hears it',
        heard.every(([, nodes]) => Number(nodes) >= fleet.nodes.length),
        heard[0],
      )
    }
    const poisonedAt = performance.now()
    await worksAgain(fleet, load, findings, poisonedAt)
    await until('nodes hear each other through Socket.IO', async () => {
      await fleet.nodes[0]!.shout()
      const [, ...others] = await Promise.all(fleet.nodes.map((node) => node.stats()))
      return others.every(({ shouts }, index) => shouts > before[index + 1]!.shouts)
    })
    const after = await Promise.all(fleet.nodes.map((node) => node.stats()))
    const skipped = after.map((stats, index) => stats.skipped - before[index]!.skipped)
    const certain = poison.filter(isCertain).length
    findings.fault('a fifth of it can be nothing else', certain >= count / 5, certain)
    findings.result(
      'every node counted it',
      skipped.every((each) => each >= certain && each <= poison.length),
      {
        skipped,
        certain,
      },
    )
    findings.result('no connection was closed', connectionsOf(load) === connections, connectionsOf(load) - connections)
    findings.result('clients complain of nothing but events that do not fit', unfit.length === 0, unfit.map(String))
    await load.settle()
    noGaps(findings, [...load.members, ...load.ears])
  } finally {
    admin.disconnect()
  }
}

/** Those that all nodes listen to. Probes are each node's own, and any word will do for them. */
async function channelsOf(admin: Redis, load: Load, nodes: number): Promise<readonly Channel[]> {
  let names: readonly string[] = []
  await until('the rooms of earlier loads are forgotten', async () => {
    names = (await admin.call('pubsub', 'shardchannels')) as string[]
    return names.every((name) => !/(hall|lane) /.test(name) || load.rooms.some((room) => name.includes(room)))
  })
  const sharded = await heardByAll(admin, 'shardnumsub', names, nodes)
  const plain = await heardByAll(admin, 'numsub', (await admin.pubsub('CHANNELS')) as string[], nodes)
  const { namespace } = faultContract
  // Listened to by a pattern, of which Redis tells only the number.
  const broadcasts = [`${adapterKey}#${namespace}#`, `${adapterKey}#${namespace}#nobody#`]
  return [
    ...sharded.map((name) => ({ name, isSharded: true, genuine: [] })),
    ...[...plain, ...broadcasts].map((name) => ({ name, isSharded: false, genuine: [] })),
  ]
}

async function heardByAll(
  admin: Redis,
  command: 'numsub' | 'shardnumsub',
  names: readonly string[],
  nodes: number,
): Promise<readonly string[]> {
  const counts = (await admin.call('pubsub', command, ...names)) as (string | number)[]
  return names.filter((_, index) => Number(counts[2 * index + 1]) >= nodes)
}

function hasEveryKind(channels: readonly Channel[]): boolean {
  const kinds = [':live', ':bus', `${adapterKey}-request#`, `${adapterKey}-response#`, `${adapterKey}#`]
  return kinds.every((kind) => channels.some(({ name }) => name.includes(kind)))
}

function connectionsOf(load: Load): number {
  return load.everybody.reduce((sum, { connectedAt }) => sum + connectedAt.length, 0)
}

/** While each kind of message is said at least once. */
async function listenIn(fleet: Fleet, load: Load, findings: Findings, channels: readonly Channel[]): Promise<void> {
  const ear = new Redis(fleet.redis.url)
  const take = (name: Buffer, bytes: Buffer): void => {
    channels.find((channel) => channel.name === String(name))?.genuine.push(bytes)
  }
  ear.on('smessageBuffer', take).on('messageBuffer', take)
  try {
    for (const { name, isSharded } of channels) await (isSharded ? ear.ssubscribe(name) : ear.subscribe(name))
    await worksAgain(fleet, load, findings, performance.now())
    await Promise.all(fleet.nodes.map((node) => node.shout()))
    await load.flows()
  } finally {
    ear.disconnect()
  }
}

function* poisonFor(channels: readonly Channel[], random: SeededRandom, count: number): Generator<Poison> {
  let made = 0
  for (const channel of channels)
    for (const shape of wrongShapesOf(channel.name)) {
      made++
      yield { channel, bytes: Buffer.from(shape) }
    }
  for (; made < count; made++) {
    const channel = random.pick(channels)
    const isMutation = channel.genuine.length > 0 && random.integer(3) > 0
    yield { channel, bytes: isMutation ? mutate(random, random.pick(channel.genuine)) : anyBytes(random) }
  }
}

/** No message begins like that, on no channel. */
function isCertain({ bytes: [first = 0] }: Poison): boolean {
  return first >= 0xa0
}
