import { createServer, implement } from '@millrace/server'
import { launchChromium } from '@millrace/testing/browser'
import { expect, it } from 'vitest'
import type { PackedPage } from './fixtures/packed-page.ts'
import { bundlePage } from './support/bundle-page.ts'
import { packedDesk } from './support/packed-desk.ts'

declare const packedPage: PackedPage

it('[BYT20, BYT21] a page in Chromium sends packed messages and reads them, over WebSocket and over long-polling', async () => {
  const script = await bundlePage('packed-page.ts')
  const server = createServer()
  server.mount(
    implement(packedDesk, { requests: { echo: ({ input }) => input }, rooms: { desk: { authorize: () => true } } }),
  )
  const binary: Buffer[] = []
  const port = await server.listen(0, {
    host: '127.0.0.1',
    handler: (incoming, response) => {
      const isScript = incoming.url === '/page.js'
      response
        .writeHead(200, { 'content-type': isScript ? 'text/javascript' : 'text/html' })
        .end(isScript ? script : '<!doctype html><script type="module" src="/page.js"></script>')
    },
  })
  server.io.engine.on('connection', (conn: NodeJS.EventEmitter) => {
    conn.on('data', (data) => Buffer.isBuffer(data) && binary.push(data))
  })
  const browser = await launchChromium()
  try {
    const page = await browser.newPage()
    await page.goto(`http://127.0.0.1:${port}/`)
    await page.waitForFunction(() => 'packedPage' in window)
    const blobs = [Array.from({ length: 20_000 }, (_, index) => index % 251), []]
    for (const transport of ['websocket', 'polling'] as const) {
      binary.length = 0
      const args = [transport, blobs] as const
      const told = await page.evaluate(([way, sent]) => packedPage.exchange(way, sent), args)
      expect(told).toEqual([...blobs, ...blobs])
      expect(binary.map((message) => message.toString('latin1', 4, 15))).toEqual([
        '51-/packed,',
        '51-/packed,',
        '52-/packed,',
      ])
    }
  } finally {
    await browser.close()
    await server.close()
  }
})
