// @vitest-environment happy-dom
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { browserKey, enterAs, leaveSession, readSession } from '@millrace/app-design'
import type { Window } from 'happy-dom'
import { beforeEach, expect, it, onTestFinished } from 'vitest'
import { serveSession } from '../session.ts'

const keyPlace = 'millrace browser key'

/** The page of a browser that talks to a real server; cookies are the browser's own. */
async function open() {
  const secret = new TextEncoder().encode('a secret of more than 32 characters')
  const onError = (error: unknown): never => {
    throw error
  }
  const server = createServer(serveSession({ secret, publicOrigin: undefined, trustProxy: false, onError }))
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const stop = () => new Promise<void>((resolve) => server.close(() => resolve()))
  onTestFinished(() => void server.close())
  const { happyDOM } = window as unknown as Window
  happyDOM.setURL(`http://127.0.0.1:${(server.address() as AddressInfo).port}/chat/`)
  return { stop }
}

beforeEach(() => localStorage.clear())

it('[APP45] a browser keeps one key, and who it is from page to page', async () => {
  await open()
  const key = browserKey()
  expect(key).toMatch(/^[\w-]{43}$/)
  expect(await readSession()).toEqual({})
  const session = await enterAs(' Ada ')
  expect(session).toMatchObject({ name: 'Ada' })
  expect(await readSession()).toEqual({ session })
  expect((await enterAs('Countess')).id).toBe(session.id)
  expect(browserKey()).toBe(key)
  await leaveSession()
  expect(await readSession()).toEqual({})
})

it('[APP45] a name that does not do is refused in the words of the server', async () => {
  await open()
  await expect(enterAs('<script>')).rejects.toThrow('a name has no < and no >; choose another')
  expect(await readSession()).toEqual({})
})

it('[APP45] a session without its key is gone, and the page can say why', async () => {
  await open()
  await enterAs('Ada')
  localStorage.removeItem(keyPlace)
  expect(await readSession()).toEqual({ reason: 'this session belongs to another browser; enter your name again' })
  expect(await readSession()).toEqual({})
})

it('[APP45] while the server cannot be reached a browser is who it was', async () => {
  const { stop } = await open()
  const session = await enterAs('Ada')
  await stop()
  expect(await readSession()).toEqual({ session })
  await expect(enterAs('Bob')).rejects.toThrow('the server cannot be reached; try again in a moment')
  await expect(leaveSession()).rejects.toThrow('the server cannot be reached; try again in a moment')
  localStorage.clear()
  expect(await readSession()).toEqual({})
})
