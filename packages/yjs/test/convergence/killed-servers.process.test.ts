import { createClient } from '@millrace/client'
import { seededRandom, type SeededRandom } from '@millrace/testing'
import { freePort } from '@millrace/testing/faults'
import { expect, it, onTestFinished, vi } from 'vitest'
import { openNote, type Note } from '../client/fixtures/open-note.ts'
import { stateOf } from './document-state.ts'
import { startDoomed } from './doomed-server.ts'
import { randomEdit } from './random-edit.ts'
import { readInProcess } from './read-in-process.ts'
import { isLong } from './seeds.ts'
import { startStores } from './stores.ts'

const kills = isLong ? 52 : 1
const wait = { timeout: 20_000, interval: 5 }

/** A replica on a real socket, which outlives its servers. */
function come(port: number, user: string): Note {
  const reconnect = { minDelayMs: 20, maxDelayMs: 50 }
  const client = createClient({ url: `http://127.0.0.1:${port}`, auth: { user }, reconnect, transports: ['websocket'] })
  const note = openNote(client)
  onTestFinished(async () => {
    note[Symbol.dispose]()
    await client.close()
  })
  return note
}

function isSaved({ provider }: Note): boolean {
  return provider.synced && provider.unsaved === 0
}

/** Everybody edits, again and again, each time that all is stored, until `isOver`. */
async function editUntil(isOver: () => boolean, notes: readonly Note[], random: SeededRandom, marks: string[]) {
  while (!isOver()) {
    for (const { doc } of notes) {
      const mark = `m${marks.length}`
      marks.push(mark)
      randomEdit(doc, random, mark)
    }
    await vi.waitFor(() => expect(isOver() || notes.every(isSaved)).toBe(true), wait)
  }
}

it.each(Object.keys(startStores))(
  '[DOC13, DOC151, DOC152, DOC153] servers that are killed between snapshot and trim lose nothing: %s',
  async (name) => {
    await using stores = await startStores[name]!()
    const stored = stores.storedBy(0)
    const port = await freePort()
    const random = seededRandom(1)
    const marks: string[] = []
    const notes = ['ada', 'ben', 'cyd'].map((user) => come(port, user))
    for (let kill = 0; kill < kills; kill++) {
      await using server = await startDoomed(stored, port, kill % 3)
      await editUntil(() => server.isBetween, notes, random, marks)
      await server.kill()
    }
    await using last = await startDoomed(stored, port, Infinity)
    await vi.waitFor(() => {
      expect(notes.every(isSaved)).toBe(true)
      const [first, ...others] = notes.map(({ doc }) => stateOf(doc))
      for (const other of others) expect(other).toEqual(first)
    }, wait)
    await last.kill()
    const { doc } = notes[0]!
    expect(await readInProcess([stored])).toEqual([stateOf(doc)])
    expect([...doc.getMap('marks').keys()].toSorted()).toEqual(marks.toSorted())
    expect(doc.getArray('order').toArray().map(String).toSorted()).toEqual(marks.toSorted())
  },
)
