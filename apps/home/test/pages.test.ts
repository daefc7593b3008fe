import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer, request } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { servePages } from '../pages.ts'

const folder = mkdtempSync(join(tmpdir(), 'millrace-pages-'))
mkdirSync(join(folder, 'web/assets'), { recursive: true })
writeFileSync(join(folder, 'web/index.html'), 'the page')
writeFileSync(join(folder, 'web/assets/a-1.js'), 'code')
writeFileSync(join(folder, 'secret.txt'), 'secret')
const folders = { '/chat/': join(folder, 'web'), '/': join(folder, 'web') }
const server = createServer(servePages({ folders, isWatching: false }))

beforeAll(() => new Promise<void>((resolve) => server.listen(0, resolve)))
afterAll(() => {
  server.close()
  rmSync(folder, { recursive: true })
})

/** Sends the path as it is, which `fetch` would not. */
function ask(path: string, method = 'GET') {
  return new Promise<{ status: number | undefined; headers: NodeJS.Dict<string | string[]>; body: string }>(
    (resolve, reject) => {
      const { port } = server.address() as AddressInfo
      request({ port, path, method }, (response) => {
        let body = ''
        response.setEncoding('utf8').on('data', (text: string) => (body += text))
        response.on('end', () => resolve({ status: response.statusCode, headers: response.headers, body }))
      })
        .on('error', reject)
        .end()
    },
  )
}

it('[APP7] serves each folder under its path', async () => {
  expect(await ask('/')).toMatchObject({ status: 200, body: 'the page' })
  expect(await ask('/chat/?x=1')).toMatchObject({ status: 200, body: 'the page' })
  expect(await ask('/chat')).toMatchObject({ status: 308, headers: { location: '/chat/' } })
  expect(await ask('/chat/assets/a-1.js')).toMatchObject({ status: 200, body: 'code' })
  expect((await ask('/', 'HEAD')).body).toBe('')
})

it('[APP7] keeps what is named after its content, and asks again for the rest', async () => {
  expect((await ask('/assets/a-1.js')).headers['cache-control']).toContain('immutable')
  expect((await ask('/')).headers['cache-control']).toBe('no-cache')
})

it.each(['/', '/chat/', '/nothing', '/chat'])('[APP7] sends its security headers with %s', async (path) => {
  const { headers } = await ask(path)
  expect(headers['content-security-policy']).toMatch(
    /default-src 'self';.* img-src 'self' blob:;.*frame-ancestors 'none'/,
  )
  expect(headers['x-content-type-options']).toBe('nosniff')
})

it.each([
  '/../secret.txt',
  '/chat/../secret.txt',
  '/chat/..%2fsecret.txt',
  '/chat/%2e%2e/secret.txt',
  '/chat/..\\secret.txt',
  '/chat/%00',
  '/chat/%E0%A4%A',
  '//secret.txt',
  '/nothing',
])('[APP7] serves nothing outside of the folders: %s', async (path) => {
  expect(await ask(path)).toMatchObject({ status: 404, body: 'not found\n' })
})

it.each(['POST', 'PUT', 'DELETE'])('[APP7] refuses %s', async (method) => {
  expect(await ask('/', method)).toMatchObject({ status: 405, headers: { allow: 'GET, HEAD' } })
})
