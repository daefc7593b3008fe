import { describe, expect, it } from 'vitest'
import type { Authenticate } from '@millrace/server'
import { Inbox } from './server-inbox.ts'
import { startLab, type LabUser } from './server-lab.ts'
import { openRaw } from './server-raw-client.ts'

const ann = { id: 'ann', role: 'member' } as const

describe('entering a namespace', () => {
  it('[CNX8] a namespace is connected once per connection, however often a client asks', async () => {
    let connects = 0
    let open = (): void => undefined
    const opened = new Promise<void>((resolve) => (open = resolve))
    const authenticate: Authenticate<LabUser> = () => opened.then(() => ({ user: ann }))
    await using served = await startLab({ onConnect: () => void connects++, options: { authenticate } })
    await using client = await openRaw(served.port, '/lab')
    for (let index = 0; index < 50; index++) client.packet('0/lab,{}')
    const refusals = await client.inbox.count(49, (message) => String(message).startsWith('44/lab,'))
    expect(refusals[48]).toContain('"code":"FORBIDDEN"')
    open()
    await client.inbox.find((message) => String(message).startsWith('42/lab,["~hello"'))
    expect(await client.request('~ping')).toEqual({ ok: true })
    expect(connects).toBe(1)
    expect(client.inbox.all.filter((message) => String(message).includes('~hello'))).toHaveLength(1)
  })

  it('[CNX9] after a refusal a client may try again on the same connection, and after leaving come back', async () => {
    const left = new Inbox<string>()
    await using served = await startLab({
      onDisconnect: ({ user }) => left.push(user.id),
      options: { authenticate: ({ auth }) => (auth.token === 'good' ? { user: ann } : null) },
    })
    await using client = await openRaw(served.port, '/lab')
    for (const token of ['bad', 'bad again']) {
      client.packet(`0/lab,${JSON.stringify({ token })}`)
      await client.inbox.find((message) => String(message).startsWith('44/lab,'))
      client.inbox.all.length = 0
    }
    client.packet('0/lab,{"token":"good"}')
    await client.inbox.find((message) => String(message).startsWith('42/lab,["~hello"'))
    client.inbox.all.length = 0
    client.packet('1/lab,')
    await left.find(() => true)
    client.packet('0/lab,{}')
    await client.inbox.find((message) => String(message).startsWith('42/lab,["~hello"'))
    expect(await client.request('~ping')).toEqual({ ok: true })
  })
})
