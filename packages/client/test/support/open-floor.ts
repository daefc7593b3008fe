import { assembleClient, type Client, type ClientOptions, type RoomClient, type Visibility } from '@millrace/client'
import { vi } from 'vitest'
import { FakeTransport, type FakeNamespace, type Sent } from './fake-transport.ts'
import { ManualClock } from './manual-clock.ts'
import { market, type Floor, type PriceView } from './market.ts'
import { start, turn } from './start-client.ts'
import { viewAnswer } from './view-wire.ts'

/** A page that a test hides and shows. */
class TestVisibility implements Visibility {
  isHidden = false
  readonly listeners = new Set<() => void>()

  subscribe(changed: () => void): () => void {
    this.listeners.add(changed)
    return () => void this.listeners.delete(changed)
  }

  show(isShown: boolean): void {
    this.isHidden = !isShown
    for (const listener of this.listeners) listener()
  }
}

export interface OpenFloor {
  readonly client: Client
  readonly transport: FakeTransport
  readonly clock: ManualClock
  readonly visibility: TestVisibility
  readonly errors: Error[]
  readonly room: RoomClient<Floor>
  /** Of the newest connection. */
  readonly server: FakeNamespace
  /** The next `~view`, once it was sent: the code of views is loaded with the first. */
  asked(): Promise<Sent>
  /** Answers with one point in each track, unless told otherwise. */
  view(query?: object, answer?: Record<string, unknown>): Promise<PriceView>
  /** Cuts the connection and comes back; the join is answered. */
  reconnect(): Promise<void>
}

export const query = { keys: ['acme', 'bolt'], fields: ['bid'], last: 100, widthPx: 10 } as const

/** A client in the room `floor` under handle 7, over a transport that the test plays. */
export async function openFloor(options: ClientOptions = {}): Promise<OpenFloor> {
  const transport = new FakeTransport()
  const clock = new ManualClock()
  const visibility = new TestVisibility()
  const errors: Error[] = []
  let ids = 0
  const random = { fraction: () => 0, id: () => `id${++ids}` }
  const client = assembleClient(
    { onError: (error) => errors.push(error), ...options },
    { transport, clock, random, visibility },
  )
  const room = client.use(market).room('floor')
  const joined = room.join()
  await turn()
  const server = () => transport.namespace('/market')
  const join = (recovered: boolean) => {
    server()
      .take('~join')
      .ack({ ok: true, data: { room: 7, position: start, recovered } })
  }
  server().greet()
  join(false)
  await joined
  clock.runDeferred()
  const floor: OpenFloor = {
    client,
    transport,
    clock,
    visibility,
    errors,
    room,
    get server() {
      return server()
    },
    asked: () => vi.waitFor(() => server().take('~view')),
    view: async (changed = {}, answer = viewAnswer([[[1, 1]], [[2, 2]]])) => {
      const view = room.series('price').view({ ...query, ...changed })
      const asked = await floor.asked()
      asked.ack({ ok: true, data: answer })
      return view
    },
    reconnect: async () => {
      clock.advance(5_000)
      transport.last.break()
      clock.advance(500)
      await turn()
      server().greet()
      join(true)
      await turn()
    },
  }
  return floor
}
