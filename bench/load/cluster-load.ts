import type { ClusterContenderName } from '../cluster/cluster-node.ts'
import { roomName } from '../cluster/rooms.ts'
import type { Address } from '../server/calls.ts'
import { connectClients } from './connect.ts'
import { checkAllDelivered } from './final-check.ts'
import { Fleet } from './fleet.ts'
import { protocols } from './protocols.ts'
import { Publisher } from './publisher.ts'
import { cutOff, runRecovery, type CutMember } from './recovery-run.ts'
import type { Report } from './report.ts'
import { runRoomPublishes, type RoomPublishRun } from './room-publish-run.ts'

/** The clients of one contender's nodes, and who publishes there. */
export class ClusterLoad {
  readonly #nodes: readonly Address[]
  readonly #publisher: Publisher
  readonly #fleet: Fleet
  readonly #published = new Map<string, number>()
  #cut: readonly CutMember[] = []

  private constructor(nodes: readonly Address[], publisher: Publisher, fleet: Fleet) {
    this.#nodes = nodes
    this.#publisher = publisher
    this.#fleet = fleet
  }

  static async open(contender: ClusterContenderName, nodes: readonly Address[]): Promise<ClusterLoad> {
    const [first] = nodes
    if (first === undefined) throw new Error('a cluster has a node; name one')
    const publisher = await Publisher.open(first.controlPort)
    return new ClusterLoad(nodes, publisher, new Fleet(protocols[contender], first.port))
  }

  async connect(count: number, room: string, node: number): Promise<void> {
    await connectClients(this.#fleet, count, () => room, this.#portOf(node))
  }

  publish(run: RoomPublishRun): Promise<Report> {
    for (let turn = 0; turn < run.times; turn++) {
      const room = roomName(run.rooms[turn % run.rooms.length] ?? 0)
      this.#published.set(room, (this.#published.get(room) ?? 0) + 1)
    }
    return runRoomPublishes(this.#fleet, this.#publisher, run)
  }

  /** The first stays and tells when what the others miss has been published. */
  async cut(): Promise<void> {
    this.#cut = await cutOff(this.#fleet.members.slice(1))
  }

  recover(node: number, missed: number): Promise<Report> {
    return runRecovery(this.#fleet, this.#cut, { port: this.#portOf(node), missed })
  }

  check(): Promise<void> {
    return checkAllDelivered(this.#fleet, (room) => this.#published.get(room) ?? 0)
  }

  async disconnect(): Promise<void> {
    await this.#fleet.close()
  }

  close(): void {
    this.#publisher.close()
  }

  #portOf(node: number): number {
    const address = this.#nodes[node]
    if (address === undefined) throw new Error(`there is no node ${node}; open the load with more`)
    return address.port
  }
}
