import { seededRandom, type SeededRandom } from '@millrace/testing'
import { anyBytes, startTcpProxy } from '@millrace/testing/faults'
import { Redis } from 'ioredis'
import type { Fleet } from '../fleet/start-fleet.ts'
import type { Member } from '../load/member.ts'
import { startLoad } from '../load/start-load.ts'
import { until } from '../load/until.ts'
import type { Findings } from './findings.ts'
import { gapsOf } from './gaps-of.ts'
import { streamShapes } from './wrong-shapes.ts'

const rooms = 8

/** In place of a text: the entry's own without its last byte. */
const cutShort = 'cut short'

/** Takes the newest entry's text out and puts another in its place. KEYS: the stream. Answers the one that is gone. */
const replaceNewest = `
local row = redis.call('XREVRANGE', KEYS[1], '+', '-', 'COUNT', 1)[1]
local text = ARGV[1] == '${cutShort}' and string.sub(row[2][2], 1, -2) or ARGV[1]
redis.call('XDEL', KEYS[1], row[1])
redis.call('XADD', KEYS[1], string.match(row[1], '^%d+') .. '-1', 'e', text)
return row[2][2]`

/**
 * In the stream of every room, where somebody reads it who was away: a member comes back to a node that knows nothing of the
 * rooms. Each room may tell one gap.
 */
export async function poisonStreams(fleet: Fleet, findings: Findings, seed: number): Promise<void> {
  const [home, strange] = [fleet.nodes[0]!, fleet.nodes[1]!]
  await using way = await startTcpProxy(home.port)
  await using load = await startLoad(fleet, { seed, rooms, readers: 2, pauseMs: 100, hasEars: false, url: home.url })
  const traveller = await load.add('traveller', `http://127.0.0.1:${way.port}`)
  const admin = new Redis(fleet.redis.url)
  try {
    way.refuse()
    way.reset()
    await until('one member is away', () => !traveller.isConnected)
    await load.flows(10)
    const random = seededRandom(seed)
    const skipped = (await strange.stats()).skipped
    // A room begins anew when somebody finds the poison: what is said until then is lost with the rest.
    fleet.journal.lose('erased', load.rooms)
    for (const [index, room] of load.rooms.entries()) {
      const stream = await streamOf(admin, room)
      const genuine = (await admin.callBuffer('eval', replaceNewest, '1', stream, poisonOf(index, random))) as Buffer
      findings.fault(`an entry of ${room} is gone`, genuine.length > 0)
    }
    await load.flows(3)
    way.lead(strange.port)
    way.restore()
    await until('the member is back', () => load.rooms.every((room) => traveller.isIn(room)))
    fleet.journal.lose('erased', load.rooms)
    findings.fault('on a node that knew nothing', traveller.node === strange.name, traveller.node)
    await load.flows()
    const counted = (await strange.stats()).skipped - skipped
    findings.result('each was counted', counted >= rooms, counted)
    await load.settle()
    const gaps = gapsIn(fleet, [traveller, ...load.members], load.rooms)
    findings.result(
      'nobody is told of more than one gap per room, "epoch"',
      gaps.every((each) => each.length <= 1 && each.every((reason) => reason === 'epoch')),
      gaps,
    )
  } finally {
    admin.disconnect()
  }
}

async function streamOf(admin: Redis, room: string): Promise<string> {
  const [, names] = await admin.scan(0, 'MATCH', `*${room}*:entries`, 'COUNT', 1_000_000)
  const [name] = names
  if (name === undefined || names.length > 1) throw new Error(`${room} has ${names.length} streams; look at its keys`)
  return name
}

/** Nothing that could be an entry. */
function poisonOf(index: number, random: SeededRandom): Buffer {
  const shape = [...streamShapes, cutShort][index]
  return shape === undefined ? anyBytes(random) : Buffer.from(shape)
}

function gapsIn(
  { journal }: Fleet,
  members: readonly Member[],
  names: readonly string[],
): readonly (readonly string[])[] {
  return members.flatMap((member) => names.map((room) => gapsOf(journal, member, room).map(({ reason }) => reason)))
}
