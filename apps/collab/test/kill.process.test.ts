import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { startProcess } from '@millrace/testing/faults'
import { expect, it, onTestFinished, vi } from 'vitest'
import type { Comment } from '../contract.ts'
import { Someone } from './start-collab.ts'
import { commentOn } from './store-fixture.ts'

const program = join(import.meta.dirname, 'fixtures', 'serve-collab.ts')
const options = ['--import', 'tsx', '--conditions=@millrace/source', program]
const wait = { timeout: 20_000, interval: 20 }
const rounds = process.env.MILLRACE_LONG === '1' ? 10 : 1

async function serve(folder: string, port = 0) {
  const server = await startProcess({
    command: process.execPath,
    args: [...options, folder, String(port)],
    isReady: (line) => line.startsWith('collab '),
  })
  onTestFinished(async () => void (await server.kill()))
  return { server, port: Number(server.readyLine.split(' ')[1]) }
}

function come(port: number, id: string): Someone {
  const someone = new Someone(`http://127.0.0.1:${port}`, id)
  onTestFinished(() => someone.client.close())
  return someone
}

it('[COL33] a server that is killed while people write and comment has all that it confirmed, once, when it is back', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'millrace-collab-kill-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  const first = await serve(folder)
  const { port } = first
  let { server } = first
  const people = ['ada', 'bob'].map((id) => come(port, id))
  const pages = people.map((someone) => someone.page('welcome'))
  const comments: Promise<Comment>[] = []
  for (const { provider } of pages) await provider.whenSynced
  for (const someone of people) await someone.desk('welcome').join()
  let { length } = pages[0]?.read() ?? ''
  const write = (page: (typeof pages)[number] | undefined, at: number, text: string): void => {
    page?.text.insert(at, text)
    length += text.length
  }

  for (let round = 0; round < rounds; round++) {
    for (const [at, someone] of people.entries()) {
      for (let index = 0; index < 10; index++) {
        const mark = `[${someone.user.id} ${round} ${index}]`
        write(pages[at], round * 7 + index, mark)
        const key = mark.replaceAll(/\W/g, '-')
        if (index < 3)
          comments.push(someone.desk('welcome').request('comment.add', commentOn(mark), { key, timeoutMs: 20_000 }))
        await new Promise(setImmediate)
      }
    }
    await server.kill()
    // Written while nobody listens.
    for (const page of pages) write(page, 0, `(${round})`)
    ;({ server } = await serve(folder, port))
    await vi.waitFor(() => expect(pages.map(({ provider }) => provider.unsaved)).toEqual([0, 0]), wait)
  }
  const answered = await Promise.allSettled(comments)
  const confirmed = answered.flatMap((answer) => (answer.status === 'fulfilled' ? [answer.value] : []))
  expect(confirmed.length).toBeGreaterThan(rounds)
  await vi.waitFor(() => expect(pages[0]?.read()).toBe(pages[1]?.read()), wait)
  await server.kill()

  await serve(folder, port)
  const reader = come(port, 'eve')
  const page = reader.page('welcome')
  await page.provider.whenSynced
  expect(page.read()).toBe(pages[0]?.read())
  // Nothing is lost, and nothing there twice.
  expect(page.read()).toHaveLength(length)
  const { snapshot } = await reader.desk('welcome').join()
  const texts = snapshot.comments.map(({ text }) => text)
  expect(new Set(texts).size).toBe(texts.length)
  for (const { id, text } of confirmed) expect(snapshot.comments).toContainEqual(expect.objectContaining({ id, text }))
})
