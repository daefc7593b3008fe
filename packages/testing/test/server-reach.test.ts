import { describe, expect, it } from 'vitest'
import type { TypedConnectionHandle } from '@millrace/server'
import { Inbox } from './server-inbox.ts'
import { lab, startLab, type Lab, type LabParts, type LabUser } from './server-lab.ts'
import { connectStock } from './server-stock-client.ts'

type Handle = TypedConnectionHandle<typeof lab, LabUser>
const presence = { presence: { status: 'in' } }

/** The server's handle of each connection, as `onConnect` got it. */
async function startWatching(parts: LabParts = {}): Promise<{ served: Lab; handles: Inbox<Handle> }> {
  const handles = new Inbox<Handle>()
  return { handles, served: await startLab({ ...parts, onConnect: ({ connection }) => handles.push(connection) }) }
}

describe('reaching users and connections', () => {
  it('[CNX31] user(...).emit reaches every tab of the user in this namespace, and nobody else', async () => {
    await using served = await startLab()
    await using tab = await served.connect({ auth: { name: 'ann' } })
    await using otherTab = await served.connect({ auth: { name: 'ann', millrace: 1 } })
    await using bob = await served.connect({ auth: { name: 'bob' } })
    await served.server.user(lab, 'ann').emit('notice', { text: 'hello' })
    await served.server.user(lab, 'nobody').emit('notice', { text: 'hello' })
    for (const client of [tab, otherTab]) expect(await client.event('notice')).toEqual({ text: 'hello' })
    await served.server.user(lab, 'ann').emit('file', new Uint8Array([1, 2]))
    for (const client of [tab, otherTab]) expect(await client.event('file')).toEqual(Buffer.from([1, 2]))
    await bob.barrier()
    expect(bob.inbox.all.map((event) => event.name)).toEqual(['~hello'])
  })

  it('[CNX32] connection.emit reaches that connection; close() ends it with KICKED', async () => {
    const { served, handles } = await startWatching()
    await using _ended = served
    await using first = await served.connect({ auth: { name: 'ann' } })
    await using second = await served.connect({ auth: { name: 'ann' } })
    const [handle] = await handles.count(2, () => true)
    await handle!.emit('notice', { text: 'only you' })
    expect(await first.event('notice')).toEqual({ text: 'only you' })
    expect(served.server.connections(lab).map((connection) => connection.user.id)).toEqual(['ann', 'ann'])
    expect(handle!.signal.aborted).toBe(false)
    handle!.close()
    expect(await first.event('~close')).toEqual({ code: 'KICKED', reconnect: 'never' })
    await first.disconnected
    await second.barrier()
    expect(handle!.signal.aborted).toBe(true)
    expect(second.inbox.all.map((event) => event.name)).toEqual(['~hello'])
    await handle!.emit('notice', { text: 'nobody listens' })
    expect(served.server.connections(lab)).toHaveLength(1)
  })

  it('[CNX33] a question is answered with what its schema makes of the answer', async () => {
    const { served, handles } = await startWatching()
    await using _ended = served
    await using client = await served.connect()
    client.socket.on('confirm', (input: string, answer: (value: unknown) => void) =>
      answer({ ok: true, data: { yes: input === 'sure?', more: 1 } }),
    )
    const handle = await handles.find(() => true)
    expect(await handle.ask('confirm', 'sure?')).toEqual({ yes: true })
    await expect(handle.ask('confirm', 7 as unknown as string)).rejects.toMatchObject({ code: 'INVALID_INPUT' })
    await expect(handle.ask('nothing' as 'confirm', '')).rejects.toMatchObject({ code: 'UNKNOWN_EVENT' })
  })

  it('[CNX34] an answer that does not fit is INVALID_INPUT with its path, whatever it is; the connection lives', async () => {
    const { served, handles } = await startWatching()
    await using _ended = served
    await using client = await served.raw()
    const handle = await handles.find(() => true)
    const bottomless = '['.repeat(1_000) + ']'.repeat(1_000)
    const answers: [json: string, code: string, path?: string][] = [
      ['', 'INVALID_INPUT'],
      ['null', 'INVALID_INPUT'],
      ['7', 'INVALID_INPUT'],
      ['{}', 'INVALID_INPUT'],
      ['{"ok":1,"data":{"yes":true}}', 'INVALID_INPUT'],
      ['{"ok":true}', 'INVALID_INPUT'],
      ['{"ok":true,"data":{"yes":"yes"}}', 'INVALID_INPUT', 'yes'],
      ['{"ok":true,"data":{"yes":true,"__proto__":{"admin":true}}}', 'INVALID_INPUT', '__proto__'],
      [`{"ok":true,"data":{"yes":true,"more":${bottomless}}}`, 'PAYLOAD_TOO_LARGE'],
      ['{"ok":false}', 'INTERNAL'],
      ['{"ok":false,"error":null}', 'INTERNAL'],
      ['{"ok":false,"error":{"message":{"toString":1}}}', 'INTERNAL'],
      ['{"ok":false,"error":{"code":"UNAUTHENTICATED","message":"no"}}', 'INTERNAL'],
      ['{"ok":false,"error":{"code":"constructor","message":"no"}}', 'INTERNAL'],
      ['{"ok":false,"error":{"code":"SLOW_MODE","message":"no","data":{"seconds":"x"}}}', 'INTERNAL'],
    ]
    for (const [index, [json, code, path]] of answers.entries()) {
      const asked = handle.ask('confirm', 'sure?')
      await client.inbox.find((message) => message === `42/lab,${index}["confirm","sure?"]`)
      client.packet(`3/lab,${index}[${json}]`)
      client.packet(`3/lab,${index}[{"ok":true,"data":{"yes":true}}]`)
      const error = expect.objectContaining({ name: 'MillraceError', code, ...(path ? { path } : {}) }) as Error
      await expect(asked.catch((thrown: unknown) => ({ json, thrown }))).resolves.toEqual({ json, thrown: error })
    }
    client.packet('3/lab,999[{"ok":true}]')
    expect(await client.request('~ping')).toEqual({ ok: true })
  })

  it('[CNX35] an error that the question declares rejects with its code and data', async () => {
    const { served, handles } = await startWatching()
    await using _ended = served
    await using client = await served.connect()
    const error = { code: 'SLOW_MODE', message: 'later', data: { seconds: 3 } }
    client.socket.on('confirm', (_input: string, answer: (value: unknown) => void) => answer({ ok: false, error }))
    const handle = await handles.find(() => true)
    await expect(handle.ask('confirm', 'sure?')).rejects.toMatchObject(error)
  })

  it('[CNX36] no answer in time is TIMEOUT; a client that disconnects, or has, is DISCONNECTED', async () => {
    const { served, handles } = await startWatching()
    await using _ended = served
    await using client = await served.connect()
    const handle = await handles.find(() => true)
    await expect(handle.ask('confirm', 'sure?', { timeoutMs: 20 })).rejects.toMatchObject({ code: 'TIMEOUT' })
    const asked = handle.ask('confirm', 'sure?')
    await client.event('confirm')
    client.socket.disconnect()
    await expect(asked).rejects.toMatchObject({ code: 'DISCONNECTED' })
    await expect(handle.ask('confirm', 'sure?')).rejects.toMatchObject({ code: 'DISCONNECTED' })
  })
})

describe('beside plain Socket.IO', () => {
  it('[CNX37] server.io reaches the members of a room under its key, and everybody of the namespace', async () => {
    await using served = await startLab()
    await using member = await served.connect()
    await using other = await served.connect()
    const { room } = await member.join('desk', { id: 'a' }, presence)
    const io = served.server.io.of('/lab')
    io.to('/lab desk {"id":"a"}').emit('plain', 1)
    expect(await member.event('plain')).toBe(1)
    io.emit('everybody', 2)
    expect(await other.event('everybody')).toBe(2)
    expect(other.inbox.all.some((event) => event.name === 'plain')).toBe(false)
    await member.call('~leave', { room })
    io.to('/lab desk {"id":"a"}').emit('plain', 3)
    await member.barrier()
    expect(member.inbox.all.filter((event) => event.name === 'plain')).toHaveLength(1)
  })

  it('[CNX38] listeners and middleware of the application keep working in a mounted namespace and beside it', async () => {
    await using served = await startLab()
    const { io } = served.server
    const seen: unknown[] = []
    io.of('/lab').on('connection', (socket) => {
      socket.on('plain', (value: unknown, answer: (value: unknown) => void) => answer(['plain', value]))
      socket.use(([name], next) => {
        seen.push(name)
        next()
      })
    })
    io.of('/old').on('connection', (socket) => socket.on('ask', (answer: (value: unknown) => void) => answer('old')))
    io.on('connection', (socket) => socket.on('ask', (answer: (value: unknown) => void) => answer('root')))
    await using client = await served.connect()
    expect(await client.call('plain', 7)).toEqual(['plain', 7])
    expect(await client.call('run', { input: 8 })).toEqual({ ok: true, data: 8 })
    expect(await client.call('nothing', {})).toMatchObject({ ok: false, error: { code: 'UNKNOWN_EVENT' } })
    expect(seen).toEqual(['plain'])
    for (const [namespace, name] of [
      ['/old', 'old'],
      ['/', 'root'],
    ] as const) {
      await using plain = await connectStock(new URL(namespace, served.url).href)
      expect(await plain.call('ask')).toBe(name)
    }
  })
})
