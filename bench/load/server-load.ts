import { roomName } from '../cluster/rooms.ts'
import { isLossy, type ContenderName } from '../contenders/contender.ts'
import { publishedRoom, roomKind } from '../contenders/room-kind.ts'
import type { Address } from '../server/calls.ts'
import type { ChartQuery } from './chart-view.ts'
import { checkOf } from './check-of.ts'
import { connectClients } from './connect.ts'
import { NewestCheck } from './delivery-check.ts'
import { checkAllDelivered } from './final-check.ts'
import { Fleet } from './fleet.ts'
import { protocols } from './protocols.ts'
import { runPublishes, type PublishRun } from './publish-run.ts'
import { Publisher } from './publisher.ts'
import type { Report } from './report.ts'
import { runRequests } from './request-run.ts'
import { runRoomPublishes, type RoomPublishRun } from './room-publish-run.ts'
import { Stalled, type CatchUp } from './stalled.ts'
import { runViews, type ViewReport } from './view-run.ts'
import { StreamRun, type StreamExpectation, type StreamReport } from './stream-run.ts'

/** The clients of one contender's server, and who asks it for publishes. */
export class ServerLoad {
  readonly #contender: ContenderName
  readonly #fleet: Fleet
  readonly #publisher: Publisher
  readonly #roomPublisher: Publisher
  readonly #published = new Map<string, number>()
  #stream: StreamRun | undefined
  #stalled: Stalled | undefined

  private constructor(contender: ContenderName, fleet: Fleet, publisher: Publisher, roomPublisher: Publisher) {
    this.#contender = contender
    this.#fleet = fleet
    this.#publisher = publisher
    this.#roomPublisher = roomPublisher
  }

  static async open(contender: ContenderName, address: Address, firstClient = 0): Promise<ServerLoad> {
    const { port, controlPort, roomControlPort } = address
    if (roomControlPort === undefined) throw new Error(`${contender} has no port for rooms; build the bench again`)
    const fleet = new Fleet(protocols[contender], port, { firstClient, checkOf: (room) => checkOf(contender, room) })
    return new ServerLoad(contender, fleet, await Publisher.open(controlPort), await Publisher.open(roomControlPort))
  }

  connect(count: number, rooms: 'shared' | 'own', room = publishedRoom): Promise<Report> {
    const first = this.#fleet.members.length
    return connectClients(this.#fleet, count, (index) => (rooms === 'shared' ? room : `${room}-${first + index}`))
  }

  async connectRooms(rooms: number, members: number): Promise<void> {
    await connectClients(this.#fleet, rooms * members, (index) => roomName(index % rooms))
  }

  publish(run: PublishRun): Promise<Report> {
    this.#count(publishedRoom, run.times * run.perTick)
    return runPublishes(this.#fleet, this.#publisher, run)
  }

  publishRooms(run: RoomPublishRun): Promise<Report> {
    for (let turn = 0; turn < run.times; turn++) this.#count(roomName(run.rooms[turn % run.rooms.length] ?? 0), 1)
    return runRoomPublishes(this.#fleet, this.#roomPublisher, run)
  }

  request(operations: number): Promise<Report> {
    return runRequests(this.#fleet, operations)
  }

  expect(expectation: StreamExpectation): void {
    const { room, updates } = expectation
    this.#stream = new StreamRun(
      this.#fleet,
      { ...expectation, isLossy: isLossy(this.#contender) },
      this.#published.get(room) ?? 0,
    )
    this.#count(room, updates)
  }

  received(): Promise<StreamReport> {
    if (this.#stream === undefined) throw new Error('nothing is expected; call expect first')
    if (isLossy(this.#contender)) this.#stream.settle()
    return this.#stream.report
  }

  checkNewest(newest: Readonly<Record<string, number>>): void {
    for (const { index, deliveries } of this.#fleet.members) {
      if (!(deliveries instanceof NewestCheck)) throw new Error(`client ${index} is in no room of quotes`)
      for (const [key, value] of Object.entries(newest)) {
        if (deliveries.valueOf(key) !== value)
          throw new Error(`client ${index} has ${deliveries.valueOf(key)} of ${key}, and the server ${value}`)
      }
    }
  }

  view(query: ChartQuery): Promise<ViewReport> {
    return runViews(this.#fleet, query)
  }

  /** The echo comes when it has ended. */
  async unview(): Promise<void> {
    for (const { client } of this.#fleet.members) client.unview()
    await this.request(this.#fleet.members.length)
  }

  stall(): void {
    this.#stalled = new Stalled(this.#fleet)
  }

  catchUp(run: CatchUp): Promise<number> {
    if (this.#stalled === undefined) throw new Error('nobody is stalled; call stall first')
    return this.#stalled.catchUp(run)
  }

  check(): Promise<void> {
    return checkAllDelivered(this.#fleet, (room) =>
      isLossy(this.#contender) || ['board', 'charts'].includes(roomKind(room))
        ? undefined
        : (this.#published.get(room) ?? 0),
    )
  }

  disconnect(): Promise<void> {
    return this.#fleet.close()
  }

  close(): void {
    this.#publisher.close()
    this.#roomPublisher.close()
  }

  #count(room: string, updates: number): void {
    this.#published.set(room, (this.#published.get(room) ?? 0) + updates)
  }
}
