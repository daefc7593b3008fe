import { startTcpProxy, type TcpProxy } from '@millrace/testing/faults'
import type { Fleet } from '../fleet/start-fleet.ts'
import { nodeDeathMs, type Member } from '../load/member.ts'
import type { Load } from '../load/start-load.ts'
import { until } from '../load/until.ts'
import type { Findings } from './findings.ts'
import { gapsOf } from './gaps-of.ts'

interface Away {
  readonly member: Member
  readonly network: TcpProxy
}

/** Members on both sides of a fork: the place from which on the store's history is lost and written anew. */
export class Rewind implements AsyncDisposable {
  readonly #fleet: Fleet
  readonly #load: Load
  /** Cut off before the fork, and after it. */
  readonly #early: Away
  readonly #late: Away
  /** Leaves after the fork; what is left of the store's history says that it is there. */
  readonly #leaver: Member
  /** Comes after the fork; what is left of the store's history does not know it. */
  #newcomers: readonly Member[] = []

  private constructor(fleet: Fleet, load: Load, early: Away, late: Away, leaver: Member) {
    this.#fleet = fleet
    this.#load = load
    this.#early = early
    this.#late = late
    this.#leaver = leaver
  }

  /** The fork comes next: one member is away already, and stays where it is. */
  static async begin(fleet: Fleet, load: Load): Promise<Rewind> {
    const join = async (name: string): Promise<Away> => {
      const network = await startTcpProxy(Number(new URL(fleet.url).port))
      return { network, member: await load.add(name, `http://127.0.0.1:${network.port}`) }
    }
    const rewind = new Rewind(fleet, load, await join('early'), await join('late'), await load.add('leaver'))
    await load.flows(5)
    await cut(rewind.#early)
    return rewind
  }

  /** Who may be seen in the rooms, or not. */
  get away(): readonly Member[] {
    return [this.#early.member, this.#late.member]
  }

  /** Who came after the fork. */
  get newcomers(): readonly Member[] {
    return this.#newcomers
  }

  /** The fork is behind: everybody but the one who is away goes further, and then another one is cut off. */
  async pass(): Promise<void> {
    const present = [...this.#witnesses, this.#late.member]
    for (const room of this.#load.rooms) {
      const beyond = await this.#load.publishers[0]?.publish(room, 'repeat')
      await until('everybody is past the fork', () =>
        present.every((member) => (member.position(room)?.offset ?? 0) >= (beyond?.offset ?? Infinity)),
      )
    }
    await cut(this.#late)
    await this.#leaver.close()
    this.#newcomers = [await this.#load.add('newcomer')]
    await this.#load.flows()
  }

  /** Presence may flicker from now on; those who are away come back later. */
  owes(): void {
    this.#leaver.owes(false, nodeDeathMs)
    for (const member of this.#witnesses) member.owes(true, nodeDeathMs)
  }

  /** Those who were away come back. Everybody past the fork, and nobody else, is told once in each room. */
  async end(findings: Findings): Promise<void> {
    const { rooms } = this.#load
    for (const { network, member } of [this.#early, this.#late]) {
      network.restore()
      await until(`${member.name} is back`, () => rooms.every((room) => member.isIn(room)))
      member.owes(true, nodeDeathMs)
    }
    await this.#load.flows()
    await this.#load.settle()
    const { journal } = this.#fleet
    const told = (member: Member): readonly string[] =>
      rooms.map((room) =>
        gapsOf(journal, member, room)
          .map(({ reason }) => reason)
          .join(),
      )
    const past = [...this.#witnesses, this.#late.member].map(told)
    findings.result('everybody past the fork is told of one gap "rewound" in each room', isAll(past, 'rewound'), past)
    const before = told(this.#early.member)
    findings.result('who was before the fork is told nothing', isAll([before], ''), before)
    findings.fault(
      'offsets were given out again',
      rooms.every((room) => isGivenTwice(this.#fleet, room)),
    )
  }

  async [Symbol.asyncDispose](): Promise<void> {
    for (const { network } of [this.#early, this.#late]) await network[Symbol.asyncDispose]()
  }

  get #witnesses(): readonly Member[] {
    return [...this.#load.members, ...this.#load.ears, ...this.#newcomers]
  }
}

async function cut({ member, network }: Away): Promise<void> {
  network.refuse()
  network.reset()
  await until(`${member.name} knows that it is cut off`, () => !member.isConnected)
  member.owes(false, nodeDeathMs)
}

function isAll(told: readonly (readonly string[])[], reasons: string): boolean {
  return told.every((rooms) => rooms.every((each) => each === reasons))
}

/** Whether two entries were seen at one offset of one epoch. */
function isGivenTwice({ journal }: Fleet, room: string): boolean {
  const ids = new Map<string, string>()
  for (const record of journal.records) {
    if (record.type !== 'event' || record.room !== room) continue
    const { epoch, offset, id } = record.position
    const place = `${epoch} ${offset}`
    if ((ids.get(place) ?? id) !== id) return true
    ids.set(place, id)
  }
  return false
}
