import {
  assembleClient,
  type Client,
  type ClientOptions,
  type NamespaceClient,
  type RoomClient,
} from '@millrace/client'
import type { RoomsOf } from '@millrace/contract'
import { chat } from './chat.ts'
import { FakeTransport, type FakeNamespace } from './fake-transport.ts'
import { ManualClock } from './manual-clock.ts'

/** Lets everything run that waits for nothing but promises. */
export function turn(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve))
}

export interface TestClient {
  readonly client: Client
  readonly transport: FakeTransport
  readonly clock: ManualClock
  readonly errors: Error[]
  readonly ns: NamespaceClient<typeof chat>
  woke: () => void
}

/** A client over a transport that the test plays, with time that the test moves and pauses without jitter. */
export function startClient(options: ClientOptions = {}): TestClient {
  const transport = new FakeTransport()
  const clock = new ManualClock()
  const errors: Error[] = []
  let ids = 0
  const random = { fraction: () => 0, id: () => `id${++ids}` }
  const test = { woke: () => {} }
  const wake = {
    subscribe(woke: () => void) {
      test.woke = woke
      return () => (test.woke = () => {})
    },
  }
  const client = assembleClient(
    { onError: (error) => errors.push(error), ...options },
    { transport, clock, random, wake },
  )
  return Object.assign(test, { client, transport, clock, errors, ns: client.use(chat) })
}

/** The same, connected. */
export async function startConnected(
  options?: ClientOptions,
): Promise<TestClient & { readonly server: FakeNamespace }> {
  const test = startClient(options)
  const connected = test.client.connect()
  await turn()
  test.transport.namespace().greet()
  await connected
  return Object.assign(test, { server: test.transport.namespace() })
}

export const start = { epoch: 'e', offset: 0, id: '' }

export type Conversation = RoomClient<RoomsOf<typeof chat>['conversation']>

/** The same, in the room `conversation` `a` under handle 7, nothing in its log. */
export async function startJoined(
  options?: ClientOptions,
): Promise<Awaited<ReturnType<typeof startConnected>> & { readonly room: Conversation }> {
  const test = await startConnected(options)
  const room = test.ns.room('conversation', { conversationId: 'a' })
  const joined = room.join()
  answerJoin(test.server)
  await joined
  test.clock.runDeferred()
  await turn()
  return Object.assign(test, { room })
}

export function answerJoin(server: FakeNamespace, answer: object = {}): Record<string, unknown> {
  const join = server.take('~join')
  const data = { room: 7, position: start, recovered: false, snapshot: { messages: [] }, ...answer }
  join.ack({ ok: true, data })
  return join.argument
}

/** Connects again after the connection broke, and greets. */
export async function reconnect({ transport, clock }: TestClient, waitMs = 500): Promise<FakeNamespace> {
  clock.advance(waitMs)
  await turn()
  const server = transport.namespace()
  server.greet()
  return server
}

/** A frame of messages whose ids are `m1`, `m2` and so on, as are their texts. */
export function messages(from: number, to: number, change: object = {}): object {
  const id = (offset: number) => (offset === 0 ? '' : `m${offset}`)
  const offsets = Array.from({ length: to - from + 1 }, (_, index) => from + index)
  const entries = offsets.map((offset) => [id(offset), 'message', { text: id(offset) }, offset])
  return { room: 7, kind: 'full', epoch: 'e', from, prev: id(from - 1), to, id: id(to), entries, ...change }
}
