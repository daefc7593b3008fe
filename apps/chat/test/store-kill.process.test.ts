import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { expect, it } from 'vitest'
import type { Message } from '../contract.ts'
import { openChatStore } from '../store/open-chat-store.ts'

type Line = { sent: string } | { noted: string }

const program = join(import.meta.dirname, 'fixtures', 'write-until-killed.ts')

/** @returns What the process reported until it was killed, what was in the pipe at its death included. */
async function writeUntilKilled(file: string, cycle: number, killAt: number): Promise<Line[]> {
  const options = ['--import', 'tsx', '--conditions=@millrace/source', program, file, `${cycle}`]
  const child = spawn(process.execPath, options, { stdio: ['ignore', 'pipe', 'inherit'] })
  const exit = once(child, 'exit')
  const lines: Line[] = []
  for await (const text of createInterface({ input: child.stdout })) {
    // The last line may be torn.
    if (text.endsWith('}')) lines.push(JSON.parse(text) as Line)
    if (lines.length === killAt) child.kill('SIGKILL')
  }
  const [, signal] = (await exit) as [number | null, NodeJS.Signals | null]
  expect(signal).toBe('SIGKILL')
  return lines
}

it('[CHS41, CHS1] a killed process loses nothing that it reported, and knows what it had not published', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'millrace-chat-'))
  const file = join(folder, 'chat.sqlite')
  const lines: Line[] = []
  try {
    for (const cycle of [1, 2, 3, 4]) {
      lines.push(...(await writeUntilKilled(file, cycle, 20 * cycle + 3)))
      const store = await openChatStore({ file, isEmpty: true })
      const { messages } = await store.messages('team', 10_000)
      const unpublished = await store.unpublished()
      expect(messages.map(({ seq }) => seq)).toEqual(messages.map((_, at) => at + 1))
      const stored = new Map(messages.map((message) => [message.id, message]))
      const sent = lines.flatMap((line) => ('sent' in line ? [line.sent] : []))
      const noted = lines.flatMap((line) => ('noted' in line ? [line.noted] : []))
      expect(sent.filter((key) => stored.get(key)?.text !== key)).toEqual([])
      const waiting = new Map(unpublished.map(({ key, message }) => [key, message]))
      expect(noted.filter((key) => waiting.has(key))).toEqual([])
      // A write that nobody noted waits; one whose note was under way at the death may wait or not.
      const isEven = (key: string) => Number(key.split('-')[2]) % 2 === 0
      const missed: (Message | undefined)[] = messages.filter(({ id }) => isEven(id))
      expect(missed.map((message) => waiting.get(message?.id ?? ''))).toEqual(missed)
      // At most one write for each writer was stored and not reported.
      expect(stored.size - sent.length).toBeLessThanOrEqual(5 * cycle)
      await store.close()
    }
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
})
