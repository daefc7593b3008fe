import { expect, it } from 'vitest'
import { decodePacket } from '@millrace/testing'
import { board } from './support/board.ts'
import { askNow, rawClient } from './support/raw-client.ts'
import { join, openScene } from './support/scene.ts'

const upTo = (last: number, first = 1) => Array.from({ length: last - first + 1 }, (_, index) => first + index)
const joinPlain = { room: 'plain', params: { id: 'a' } }
/** Type, number of attachments, namespace and id. */
const head = /^\d(?:\d+-)?\/board,\d*/

it('[DEL70] counts each packet once per connection, with the bytes of its JSON and its attachments', async () => {
  await using scene = await openScene()
  let [packets, bytes] = [0, 0]
  scene.pair.onPacket((_wire, direction, packet) => {
    if (direction === 'up' || decodePacket(packet).type === 0) return // the answer to CONNECT is Socket.IO's own
    const [text, ...attachments] = packet
    packets++
    bytes += Buffer.byteLength(String(text).replace(head, '')) + attachments.reduce((sum, each) => sum + each.length, 0)
  })
  const clients = await Promise.all([rawClient(scene.pair, 'ada', { millrace: 1 }), rawClient(scene.pair, 'bob')])
  for (const client of clients) await askNow(scene.pair, client, '~join', joinPlain)
  await scene.say('plain', ...upTo(20))
  const room = scene.pair.room(board, 'plain', { id: 'a' })
  await room.publish('score', { player: 'é', points: 1 })
  await room.publish('typing', { on: true })
  await scene.pair.flush()
  await askNow(scene.pair, clients[0], 'nothing of that name', { input: 'ü' })
  const { framesOut, bytesOut } = scene.pair.node().counters
  expect(packets).toBeGreaterThan(25)
  expect([framesOut, bytesOut]).toEqual([packets, bytes])
})

it('[DEL71, DEL72] counts the events of clients, refused ones included, and what was published here, whoever did', async () => {
  await using scene = await openScene()
  const client = await rawClient(scene.pair, 'ada', { millrace: 1 })
  const joined = await askNow(scene.pair, client, '~join', joinPlain)
  const { room } = (joined as unknown as { data: { room: number } }).data
  await askNow(scene.pair, client, 'note', { room, input: { n: 1 } })
  await askNow(scene.pair, client, 'note', { room, input: { n: 'one' } })
  await askNow(scene.pair, client, 'post', { room, input: { n: 2 } })
  await askNow(scene.pair, client, '~ping', {})
  await askNow(scene.pair, client, 'unknown', {})
  expect(scene.pair.node().counters).toMatchObject({ requestsIn: 6, updatesIn: 2 })
  const here = scene.pair.room(board, 'plain', { id: 'a' })
  await here.publish('score', { player: 'x', points: 1 })
  await here.remove('score', 'x')
  await here.publish('typing', { on: true })
  expect(scene.pair.node().counters).toMatchObject({ requestsIn: 6, updatesIn: 5 })
})

it('[DEL75] counts how often a member stops taking, and the entries that it is sent instead', async () => {
  await using scene = await openScene({ limits: { maxBufferedBytes: 1_000 } })
  const ada = await join(scene, 'ada', 'plain')
  const bob = await join(scene, 'bob', 'plain')
  const { counters } = scene.pair.node()
  let [live, refilled] = [0, 0]
  scene.pair.onPacket((wire, direction, packet) => {
    if (wire.cable !== ada.cable.id || direction === 'up') return
    const [name, frame] = decodePacket(packet).data as [string, { entries: unknown[] }]
    if (name === '~frame') live += frame.entries.length
  })
  for (const round of [1, 2, 3]) {
    ada.cable.hold('down')
    for (let times = 0; times < 50; times++) {
      await scene.say('plain', bob.told.length + 1)
      await scene.pair.flush()
    }
    expect([counters.behind, counters.refilled]).toEqual([round, refilled])
    const taken = ada.cable.wire?.count('down') ?? 0
    ada.cable.release()
    await scene.pair.flush()
    refilled += 50 - taken
    expect([counters.behind, counters.refilled, live]).toEqual([round, refilled, 50 * round])
  }
  expect([ada.told, bob.told]).toEqual([upTo(150), upTo(150)])
})
