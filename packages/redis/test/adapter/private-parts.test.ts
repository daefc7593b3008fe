import { createServer } from '@millrace/server'
import { RedisAdapter } from '@socket.io/redis-adapter'
import { describe, expect, it } from 'vitest'
import { ListeningClient, PublishingClient } from '../../src/adapter/adapter-clients.ts'

interface Call {
  readonly name: string
  readonly args: readonly unknown[]
}

/** Notes which members are asked for, and what they are called with. */
function observed(asked: Set<string>, calls: Call[]): Record<string, (...args: unknown[]) => unknown> {
  return new Proxy({} as Record<string, (...args: unknown[]) => unknown>, {
    get(_target, name: string) {
      // The test by which the adapter knows the package `redis`.
      if (name === 'pSubscribe') return undefined
      asked.add(name)
      return (...args: unknown[]) => void calls.push({ name, args })
    },
  })
}

class Observed extends RedisAdapter {
  override serverCount(): Promise<number> {
    return Promise.resolve(2)
  }
}

/** Fails when an upgrade of the adapter uses a private part otherwise than the facade expects. */
describe('the classic adapter', () => {
  it('[SIO40] needs no more of its clients than the facade has', async () => {
    const [ofPublishing, ofListening] = [new Set<string>(), new Set<string>()]
    const calls: Call[] = []
    const namespace = createServer({ authenticate: () => null }).io.of('/club')
    const decoded: unknown[] = []
    const adapter = new Observed(namespace, observed(ofPublishing, calls), observed(ofListening, calls), {
      key: 'k',
      requestsTimeout: 1,
      publishOnSpecificResponseChannel: true,
    })
    const { parser } = adapter
    const seen = { encode: parser.encode, decode: (message: Buffer) => decoded.push(message) && parser.decode(message) }
    Object.assign(adapter, { parser: seen })
    const target = { rooms: new Set(['lobby']), except: new Set<string>(), flags: {} }
    adapter.broadcast({ type: 2, data: ['news'] }, target)
    adapter.broadcastWithAck(
      { type: 2, data: ['news'] },
      { ...target, flags: { timeout: 1 } },
      () => undefined,
      () => undefined,
    )
    adapter.addSockets(target, ['a'])
    adapter.delSockets(target, ['a'])
    adapter.disconnectSockets(target, false)
    adapter.serverSideEmit(['hello'])
    const failed = await new Promise((resolve) => adapter.serverSideEmit(['hello', resolve]))
    expect(failed).toBeInstanceOf(Error)
    await expect(adapter.fetchSockets(target)).rejects.toThrow('timeout')
    await expect(adapter.allRooms()).rejects.toThrow('timeout')

    const of = (name: string): Call[] => calls.filter((call) => call.name === name)
    expect(of('psubscribe').map(({ args }) => args)).toEqual([['k#/club#*']])
    const names = ['k-request#/club#', 'k-response#/club#', `k-response#/club#${adapter.uid as string}#`]
    expect(of('subscribe').map(({ args }) => args)).toEqual([[names]])
    expect(of('publish').map(({ args }) => args[0])).toEqual([
      'k#/club#lobby#',
      ...Array<string>(8).fill(names[0] ?? ''),
    ])

    const listener = (event: string) =>
      of('on').find(({ args }) => args[0] === event)?.args[1] as typeof Function.prototype
    const [broadcast] = of('publish').map(({ args }) => args[1] as Buffer)
    expect(broadcast?.[0]).toBe(0x93)
    void adapter.addAll('socket', new Set(['lobby']))
    listener('pmessageBuffer').call(undefined, 'k#/club#*', 'k#/club#lobby#', broadcast)
    expect(decoded).toEqual([broadcast])
    expect(() =>
      listener('pmessageBuffer').call(undefined, 'k#/club#*', 'k#/club#lobby#', Buffer.from([0xc1, 0])),
    ).toThrow()
    const request = listener('messageBuffer').call(undefined, names[0], Buffer.from([0xc0])) as Promise<unknown>
    expect(request).toBeInstanceOf(Promise)
    await expect(request).rejects.toThrow(TypeError)

    await adapter.close()
    const inFacade = ({ prototype }: { readonly prototype: object }): Set<string> =>
      new Set(Object.getOwnPropertyNames(prototype).filter((name) => name !== 'constructor'))
    expect(ofPublishing).toEqual(inFacade(PublishingClient))
    expect(ofListening).toEqual(inFacade(ListeningClient))
  })
})
