import { EventEmitter } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { deserialize, serialize } from 'node:v8'
import { bytes, defineContract, event, request, room } from '@millrace/contract'
import { Server } from 'socket.io'
import { io as connect } from 'socket.io-client'
import * as defaultParser from 'socket.io-parser'
import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { implement } from '../src/implement.ts'
import { defaultLimits } from '../src/limits.ts'
import { memory } from '../src/memory/memory-store.ts'
import { Namespace } from '../src/namespace.ts'
import { closeNode, openNode } from '../src/open-node.ts'
import { systemClock } from '../src/system-clock.ts'
import { systemRandom } from '../src/system-random.ts'
import { attachSocketIo, serveNamespace } from '../src/transport/socket-io-server.ts'

/** A parser with another format, as msgpack is: nothing that is written as text may reach its clients. */
const binaryParser = {
  Encoder: class {
    encode(packet: unknown): Buffer[] {
      return [serialize(packet)]
    }
  },
  Decoder: class extends EventEmitter {
    add(chunk: Buffer): void {
      this.emit('decoded', deserialize(chunk))
    }
    destroy(): void {
      this.removeAllListeners()
    }
  },
}

const contract = defineContract({
  namespace: '/lab',
  requests: { echo: request({ input: z.unknown(), output: z.unknown() }) },
  questions: { confirm: request({ input: z.string(), output: z.boolean() }) },
  events: { notice: event(z.string()) },
  rooms: {
    desk: room({
      events: {
        note: event(z.object({ text: z.string() }), { publish: 'members' }),
        blob: event(bytes(), { publish: 'members' }),
      },
    }),
  },
})

type Call = (name: string, ...args: unknown[]) => Promise<{ ok: boolean; data: never; error?: { code: string } }>

describe.each([
  ['the default one', defaultParser],
  ['another one', binaryParser],
])('a server whose parser is %s', (_which, parser) => {
  it('[CNX43, BYT6] answers, refuses, delivers text and bytes, single and in frames, asks and closes', async () => {
    const errors: unknown[] = []
    const asked: unknown[] = []
    const implementation = implement<typeof contract, { id: string }>(contract, {
      onConnect: async ({ connection }) => {
        await connection.emit('notice', 'hello')
        asked.push(await connection.ask('confirm', 'sure?'))
      },
      requests: { echo: ({ input }) => input },
      rooms: { desk: { authorize: () => true } },
    })
    const namespace = new Namespace(implementation as ConstructorParameters<typeof Namespace>[0], [])
    const node = await openNode({
      clock: systemClock,
      random: systemRandom,
      store: memory(),
      authenticate: ({ auth }) => ({ user: { id: String(auth.name) } }),
      limits: defaultLimits,
      namespaces: new Map([[namespace.name, namespace]]),
      onError: (error) => void errors.push(error),
    })
    const io = new Server({ parser })
    const http = createServer()
    const options = {
      origins: 'same-origin',
      trustProxy: false,
      path: '/socket.io/',
      pingIntervalMs: 15_000,
      pingTimeoutMs: 8_000,
      finishedFrames: true,
    } as const
    serveNamespace(io, node, namespace, options)
    attachSocketIo(io, http, options, () => false)
    await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve))
    const url = `http://127.0.0.1:${(http.address() as AddressInfo).port}/lab`

    for (const millrace of [undefined, 1]) {
      const bytes = parser === defaultParser ? undefined : 1 // whatever it says, this server packs nothing
      const socket = connect(url, {
        parser,
        auth: { name: 'ann', millrace, bytes },
        forceNew: true,
        transports: ['websocket'],
      })
      const events: unknown[][] = []
      const arrived = new EventEmitter()
      socket.onAny((...args: unknown[]) => {
        events.push(args)
        arrived.emit('event')
      })
      const heard = async (matches: (event: unknown[]) => boolean): Promise<unknown[]> => {
        for (;;) {
          const found = events.find(matches)
          if (found) return found
          await new Promise((resolve) => arrived.once('event', resolve))
        }
      }
      socket.on('confirm', (_input: string, answer: (value: unknown) => void) => answer({ ok: true, data: true }))
      const call: Call = (name, ...args) => socket.emitWithAck(name, ...args) as ReturnType<Call>
      expect(await heard(([name]) => name === 'notice')).toEqual(['notice', 'hello'])
      expect(events[0]?.[0]).toBe('~hello')
      expect(events[0]?.[1]).not.toHaveProperty('bytes')
      expect(await call('echo', { input: { a: [1, 'é'] } })).toEqual({ ok: true, data: { a: [1, 'é'] } })
      expect(await call('echo', { input: { a: Buffer.from([1, 2]) }, key: `k${millrace}` })).toEqual({
        ok: true,
        data: { a: Buffer.from([1, 2]) },
      })
      expect(await call('nothing', {})).toMatchObject({ ok: false, error: { code: 'UNKNOWN_EVENT' } })
      expect(await call('~ping')).toEqual({ ok: true })
      const { data } = await call('~join', { room: 'desk' })
      const { room: handle } = data as { room: number }
      await call('note', { room: handle, input: { text: 'hi' } })
      await call('blob', { room: handle, input: Buffer.from([3, 4]) })
      const [text, blob] = [{ text: 'hi' }, Buffer.from([3, 4])]
      if (millrace === undefined) {
        expect(await heard(([name]) => name === 'note')).toMatchObject(['note', text, { room: handle, from: 'ann' }])
        expect(await heard(([name]) => name === 'blob')).toMatchObject(['blob', blob, { room: handle }])
      } else {
        const payloadsOf = (event: unknown[]): unknown[] =>
          (event[1] as { entries: unknown[][] }).entries.map((entry) => entry[2])
        const frames = (): unknown[] => events.filter(([name]) => name === '~frame').flatMap(payloadsOf)
        await heard(() => frames().length === 2)
        expect(frames()).toEqual([text, blob])
      }
      socket.disconnect()
    }
    expect(asked).toEqual([true, true])
    expect(errors).toEqual([])
    await io.close()
    await closeNode(node)
  })
})
