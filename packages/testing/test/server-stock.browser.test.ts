import { readFileSync } from 'node:fs'
import type { RequestListener } from 'node:http'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { defineContract, event, request, room } from '@millrace/contract'
import { createServer, implement } from '@millrace/server'
import { launchChromium } from '@millrace/testing/browser'
import type { Page } from 'playwright-core'
import { describe, expect, it } from 'vitest'
import { z } from 'zod'

const text = z.object({ text: z.string() })
const chat = defineContract({
  namespace: '/chat',
  rooms: {
    conversation: room({
      params: z.object({ conversationId: z.string() }),
      presence: { user: z.object({ id: z.string() }), state: z.object({ status: z.string() }) },
      snapshot: z.object({ messages: z.array(text) }),
      events: { message: event(text) },
      requests: { 'message.send': request({ input: text, output: z.object({ offset: z.number() }) }) },
    }),
  },
})

const { resolve } = createRequire(import.meta.url)
const libraries = {
  '4.8': join(dirname(resolve('socket.io-client/package.json')), 'dist/socket.io.min.js'),
  '4.0': join(dirname(resolve('socket.io-client-4.0/package.json')), 'dist/socket.io.min.js'),
}

/** The program that the protocol's document ends with. */
function documentedProgram(): string {
  const document = readFileSync(new URL('../../../docs/protocol.md', import.meta.url), 'utf8')
  const program = /## \d+\. A whole stock client\n\n```html\n(.*?)```/s.exec(document)?.[1]
  if (program === undefined)
    throw new Error('docs/protocol.md has no program of a whole stock client; this test runs it')
  return program
}

/** What the program leaves to its reader. */
const prelude = `<!doctype html><script>
  const token = location.hash.slice(1), shown = [], errors = []
  const show = (message) => shown.push(message.text)
  const showAll = (messages) => shown.splice(0, shown.length, ...messages.map((message) => message.text))
  const showError = (error) => errors.push(error.code)
</script>`

function serve(version: keyof typeof libraries): RequestListener {
  const page = prelude + documentedProgram()
  return (incoming, response) => {
    if (incoming.url === '/') response.writeHead(200, { 'content-type': 'text/html' }).end(page)
    else if (incoming.url === '/socket.io.min.js')
      response.writeHead(200, { 'content-type': 'text/javascript' }).end(readFileSync(libraries[version]))
    else response.writeHead(404).end()
  }
}

function createChat() {
  const stored: { text: string }[] = [{ text: 'from before' }]
  const server = createServer<{ id: string }>({
    authenticate: ({ auth }) => (typeof auth.token === 'string' && auth.token ? { user: { id: auth.token } } : null),
  }).mount(
    implement<typeof chat, { id: string }>(chat, {
      rooms: {
        conversation: {
          authorize: () => true,
          snapshot: () => ({ messages: stored }),
          requests: {
            'message.send': async ({ input, room: conversation }) => {
              stored.push(input)
              const { position } = await conversation.publish('message', input)
              return { offset: position.offset }
            },
          },
        },
      },
    }),
  )
  return { server, conversation: () => server.room(chat, 'conversation', { conversationId: 'c7' }) }
}

/** Resolves once the page shows exactly these, in this order. */
async function shows(page: Page, messages: readonly string[]): Promise<void> {
  await page.waitForFunction((expected) => JSON.stringify(shown) === expected, JSON.stringify(messages), {
    polling: 'raf',
  })
  expect(await page.evaluate(() => errors)).toEqual([])
}

declare const shown: string[]
declare const errors: string[]
declare function send(text: string): void

describe('the program of docs/protocol.md', () => {
  it.each(['4.8', '4.0'] as const)('[STK8] runs in a browser with socket.io-client %s', async (version) => {
    const { server, conversation } = createChat()
    const port = await server.listen(0, { host: '127.0.0.1', handler: serve(version) })
    const browser = await launchChromium()
    try {
      const [ann, bob] = await Promise.all(
        ['ann', 'bob'].map(async (name) => {
          const page = await browser.newPage()
          await page.goto(`http://127.0.0.1:${port}/#${name}`)
          await shows(page, ['from before'])
          return page
        }),
      )
      await ann!.evaluate(() => send('hi from ann'))
      await shows(bob!, ['from before', 'hi from ann'])
      await bob!.evaluate(() => send('hi from bob'))
      await shows(ann!, ['from before', 'hi from ann', 'hi from bob'])

      const left = new Promise((connected) => server.io.of('/chat').once('connection', connected))
      for (const socket of server.io.of('/chat').sockets.values()) socket.conn.close()
      await conversation().publish('message', { text: 'while you were away' })
      await left
      for (const page of [ann!, bob!])
        await shows(page, ['from before', 'hi from ann', 'hi from bob', 'while you were away'])
      await ann!.evaluate(() => send('I am back'))
      for (const page of [ann!, bob!]) {
        await shows(page, ['from before', 'hi from ann', 'hi from bob', 'while you were away', 'I am back'])
      }
    } finally {
      await browser.close()
      await server.close()
    }
  })
})
