import { connect as connectTcp } from 'node:net'
import { describe, expect, it } from 'vitest'
import { seededRandom, type SeededRandom } from '@millrace/testing'
import { http, pollingPath, pollingSession, upgradeHeaders, webSocketPath } from './server-http.ts'
import { startLab, type Lab } from './server-lab.ts'
import { packed } from './server-packed.ts'
import { openRaw, type RawClient } from './server-raw-client.ts'

/** Of one server, which is one test. */
const seedsAtOnce = 40
const firstSeeds = Array.from({ length: process.env.MILLRACE_LONG === '1' ? 10 : 1 }, (_, nth) => 1 + nth * seedsAtOnce)
const packetsPerSeed = 60

/** Packets as clients send them; the fuzz mutates them. */
const wellFormed = [
  '40/lab,{"name":"eve","millrace":1}',
  '42/lab,1["~join",{"room":"desk","params":{"id":"a"},"presence":{"status":"in"}}]',
  '42/lab,2["~join",{"room":"hall","position":{"epoch":"e","offset":1,"id":"i"},"state":{"epoch":"e","version":1,"id":"i"}}]',
  '42/lab,3["run",{"input":{"a":[1,2,{"b":null}]},"key":"k"}]',
  '42/lab,4["note",{"room":1,"input":{"text":"hi"},"key":"n"}]',
  '42/lab,5["act",{"room":1,"input":true}]',
  '42/lab,6["~history",{"room":1,"direction":"before","limit":10}]',
  '42/lab,7["~presence",{"room":1,"state":{"status":"out"}}]',
  '42/lab,8["~auth",{"auth":{"name":"eve"}}]',
  '42/lab,9["~leave",{"room":1}]',
  '451-/lab,10["blob",{"room":1,"input":{"_placeholder":true,"num":0}}]',
  '451-/lab,11["run",{"input":[{"_placeholder":true,"num":0}],"key":"b"}]',
  '43/lab,0[{"ok":true}]',
  '461-/lab,0[{"_placeholder":true,"num":0}]',
  '41/lab,',
  '44/lab,{"message":"no"}',
  '2probe',
  '3',
  '5',
  '6',
]
/** Fragments that parsers trip over. */
const fragments = [
  '~',
  '__proto__',
  'constructor',
  '"',
  '[',
  ']',
  '{',
  '}',
  ',',
  '-',
  '9999999999999999999',
  '1e999',
  '\\u0000',
  '\u0000',
  '\ud800',
  '/',
  '_placeholder',
  ':-1',
  'null',
  '"error"',
  '51-',
  '59999-',
]

function mutate(random: SeededRandom): string | Buffer {
  let text = random.pick(wellFormed)
  const kind = random.fraction()
  if (kind < 0.3) return text
  if (kind < 0.4) return Buffer.from(Array.from({ length: 1 + random.integer(40) }, () => random.integer(256)))
  for (let edits = 1 + random.integer(3); edits > 0; edits--) {
    const from = random.integer(text.length + 1)
    const to = from + random.integer(4)
    text = text.slice(0, from) + (random.fraction() < 0.6 ? random.pick(fragments) : '') + text.slice(to)
  }
  return text
}

/** As `mutate`, or the same packed with bytes, whole or cut off. */
function mutateMessage(random: SeededRandom): string | Buffer {
  const message = mutate(random)
  if (typeof message !== 'string' || random.fraction() < 0.7) return message
  const whole = packed(message.slice(1), Buffer.alloc(random.integer(3), 1))
  return random.fraction() < 0.7 ? whole : whole.subarray(random.integer(3), whole.length - random.integer(3))
}

/** Whether somebody who behaves is served, and nothing reached a prototype. */
async function isSound(served: Lab, bystander: RawClient): Promise<void> {
  expect(await bystander.request('add', { input: { a: 1, b: 2 } })).toEqual({ ok: true, data: 3 })
  expect(Object.keys(Object.prototype)).toEqual([])
  await using newcomer = await served.raw()
  expect(
    await newcomer.request('~join', { room: 'desk', params: { id: 'a' }, presence: { status: 'in' } }),
  ).toMatchObject({ ok: true })
}

describe('anything over the wire', () => {
  it.each(firstSeeds)(
    `[PIP42, P10, BYT8] mutated packets and random bytes end no process and no other connection, and are no fault of the server: ${seedsAtOnce} seeds from %i`,
    async (first) => {
      await using served = await startLab()
      await using bystander = await served.raw()
      for (let seed = first; seed < first + seedsAtOnce; seed++) {
        const random = seededRandom(seed)
        await using client = await openRaw(served.port, '/lab')
        client.ws.on('error', () => client.ws.terminate())
        client.packet('0/lab,{"name":"eve"}')
        for (let sent = 0; sent < packetsPerSeed && client.ws.readyState === client.ws.OPEN; sent++) {
          client.ws.send(mutateMessage(random))
          if (sent % 10 === 0) await bystander.request('~ping')
        }
        await isSound(served, bystander)
        expect({ seed, errors: served.errors }).toEqual({ seed, errors: [] })
      }
    },
  )

  it('[PIP43] HTTP bodies and paths that no client sends are refused, and the server lives', async () => {
    await using served = await startLab()
    await using bystander = await served.raw()
    const random = seededRandom(7)
    for (let round = 0; round < 40; round++) {
      const sid = await pollingSession(served.port)
      const body = String(mutate(random)) + (random.fraction() < 0.5 ? '\u001e' + String(mutate(random)) : '')
      const { status } = await http(served.port, `${pollingPath}&sid=${sid}`, { method: 'POST', body })
      expect([200, 400]).toContain(status)
    }
    const paths = [
      '?EIO=3&transport=polling',
      '?EIO=4',
      '?EIO=4&transport=webtransport',
      '?EIO=4&transport=__proto__',
      '?EIO=4&transport=polling&sid=__proto__',
      '?EIO=4&transport=polling&sid=x',
      '?%',
      '//',
      '?EIO=4&transport=polling&__proto__[x]=1',
    ]
    for (const path of paths) {
      for (const method of ['GET', 'POST', 'PUT', 'OPTIONS']) {
        const { status } = await http(served.port, `/socket.io/${path}`, { method })
        expect([200, 204, 400, 403, 404]).toContain(status)
      }
    }
    const tooLarge = await http(served.port, `${pollingPath}&sid=${await pollingSession(served.port)}`, {
      method: 'POST',
      body: 'x'.repeat(300_000),
    })
    expect(tooLarge.status).toBe(413)
    await isSound(served, bystander)
    expect(served.errors).toEqual([])
  })
  it('[PIP43, P10] bytes on the socket that are no HTTP and no WebSocket frames end that socket and nothing else', async () => {
    await using served = await startLab()
    await using bystander = await served.raw()
    const random = seededRandom(11)
    const handshake = Object.entries({ host: 'localhost', ...upgradeHeaders }).map(
      ([name, value]) => `${name}: ${value}\r\n`,
    )
    const upgrade = `GET ${webSocketPath} HTTP/1.1\r\n${handshake.join('')}\r\n`
    for (let round = 0; round < 60; round++) {
      const garbage = Buffer.from(Array.from({ length: 1 + random.integer(200) }, () => random.integer(256)))
      // A frame that claims 2^63 bytes, one that is not masked, and one of an unknown kind come sooner or later; these surely.
      const [first, second] = random.pick([
        [0x81, 0xff],
        [0x81, 0x05],
        [0x8f, 0x80],
        [0x89, 0xfe],
        [0xc1, 0x80],
      ])
      const socket = connectTcp({ port: served.port, host: '127.0.0.1' })
      const ended = new Promise((resolve) => socket.on('close', resolve).on('error', resolve))
      socket.resume()
      socket.write(
        round % 2 === 0 ? garbage : Buffer.concat([Buffer.from(upgrade), Buffer.from([first, second]), garbage]),
      )
      socket.end()
      await ended
    }
    await isSound(served, bystander)
    expect(served.errors).toEqual([])
  })
})
