import { fail } from '@millrace/contract'
import { sqlite } from '@millrace/sqlite'
import { describe, expect, it, vi } from 'vitest'
import { temporaryFolder } from './fixtures/temporary-folder.ts'
import { openNote, type Note } from './fixtures/open-note.ts'
import { openSite, type NoteSite } from './fixtures/note-site.ts'

/** Two replicas in one document; that of ada can be cut off. */
async function openTwo(site: NoteSite) {
  const ada = openNote(site.client('ada'))
  const ben = openNote(site.client('ben', 'direct'))
  await Promise.all([ada.provider.whenSynced, ben.provider.whenSynced])
  return { ada, ben }
}

async function cutOff(site: NoteSite, ...notes: readonly Note[]): Promise<void> {
  site.cut()
  await vi.waitFor(() => expect(notes.map(({ provider }) => provider.status)).toEqual(notes.map(() => 'connecting')))
}

/** Resolves once all hold the same text, and the server has all of it. */
async function agree(...notes: readonly Note[]): Promise<string> {
  await vi.waitFor(
    () => {
      const texts = notes.map(({ text }) => text.toJSON())
      expect(texts).toEqual(texts.map(() => texts[0]))
      expect(notes.map(({ provider }) => [provider.synced, provider.unsaved])).toEqual(notes.map(() => [true, 0]))
    },
    { timeout: 5_000 },
  )
  return notes[0]!.text.toJSON()
}

const sorted = (text: string) => text.split(' ').filter(Boolean).toSorted().join(' ')

describe('a provider that was cut off', () => {
  it('[DOC104] goes on with the events that it missed and sends its own, without opening the document again', async () => {
    await using site = await openSite()
    const opened: string[] = []
    site.faults.opened = (user) => opened.push(user)
    const { ada, ben } = await openTwo(site)
    await cutOff(site, ada)
    expect(ada.provider.synced).toBe(false)
    ada.type('train ')
    ben.type('office ')
    ada.type('tunnel ')
    expect(ada.provider.unsaved).toBe(2)
    site.mend()
    expect(sorted(await agree(ada, ben))).toBe('office train tunnel')
    expect(opened.toSorted()).toEqual(['ada', 'ben'])
    expect([...ada.errors, ...ben.errors, ...site.server.errors]).toEqual([])
  })

  it('[DOC106] opens the document after its history was compacted meanwhile; both sides keep everything', async () => {
    await using folder = temporaryFolder()
    await using site = await openSite({ plan: { compactEntries: 5 } }, () => ({ store: sqlite({ file: folder.file }) }))
    const { ada, ben } = await openTwo(site)
    ada.type('first ')
    await agree(ada, ben)
    await cutOff(site, ada)
    ada.type('train ')
    ada.text.delete(0, 1)
    for (let at = 0; at < 12; at += 1) {
      ben.type(`office${at} `)
      await agree(ben)
    }
    // What is in the memory of the node would still bring ada up to date.
    await site.restart()
    const opened: string[] = []
    site.faults.opened = (user) => opened.push(user)
    const eve = openNote(site.client('eve', 'direct'))
    await eve.provider.whenSynced
    site.mend()
    const text = await agree(ada, eve)
    expect(text).toContain('office11 ')
    expect(text).toContain('train ')
    expect(text).toMatch(/^irst /)
    expect(opened).toEqual(['eve', 'ada'])
  })

  it('[DOC107] brings its content back to a server that lost everything, and writes on', async () => {
    await using site = await openSite()
    const ada = openNote(site.client('ada'))
    const ben = openNote(site.client('ben'))
    await Promise.all([ada.provider.whenSynced, ben.provider.whenSynced])
    const refusals: unknown[] = []
    for (const { provider } of [ada, ben]) provider.on('refused', (refusal) => refusals.push(refusal))
    ada.type('ada ')
    ben.type('ben ')
    await agree(ada, ben)
    await cutOff(site, ada, ben)
    await site.restart()
    site.mend()
    expect(sorted(await agree(ada, ben))).toBe('ada ben')
    ada.type('on1 ')
    ben.type('on2 ')
    expect(sorted(await agree(ada, ben))).toBe('ada ben on1 on2')
    expect(refusals).toEqual([])
    const eve = openNote(site.client('eve'))
    expect(sorted(await agree(eve, ada))).toBe('ada ben on1 on2')
  })

  it('[DOC108] a server that ends before it answers has what it stored once, after it started again on its file', async () => {
    await using folder = temporaryFolder()
    await using site = await openSite({}, () => ({ store: sqlite({ file: folder.file }) }))
    const ada = openNote(site.client('ada'))
    await ada.provider.whenSynced
    ada.type('kept ')
    await agree(ada)
    site.faults.after = () => site.cut()
    ada.type('stored ')
    await vi.waitFor(() => expect(ada.provider.status).toBe('connecting'))
    delete site.faults.after
    ada.type('waiting ')
    expect(ada.provider.unsaved).toBe(2)
    await site.restart()
    site.mend()
    expect(await agree(ada)).toBe('kept stored waiting ')
    const eve = openNote(site.client('eve'))
    expect(await agree(eve)).toBe('kept stored waiting ')
  })
})

describe('an update that is not answered with success', () => {
  it('[DOC108] is neither lost nor doubled where the server cannot tell whether it stored it', async () => {
    await using site = await openSite()
    const { ada, ben } = await openTwo(site)
    let failing = 1
    site.faults.after = () => {
      if (failing-- > 0) throw fail('INTERNAL', 'nobody knows')
    }
    ada.type('once ')
    ada.type('more ')
    expect(await agree(ada, ben)).toBe('once more ')
  })

  it('[DOC109] is sent again where the reason passes, not before the server wants it', async () => {
    await using site = await openSite()
    const { ada, ben } = await openTwo(site)
    const times: number[] = []
    site.faults.before = () => {
      times.push(performance.now())
      if (times.length < 3) throw fail('OVERLOADED', 'wait', { retryAfterMs: 150 })
    }
    ada.type('patience')
    expect(await agree(ada, ben)).toBe('patience')
    expect(times.length).toBe(3)
    expect(Math.min(times[1]! - times[0]!, times[2]! - times[1]!)).toBeGreaterThanOrEqual(150)
  })

  it('[DOC110] stays here where it is refused for good, is told, and is tried again with the next join', async () => {
    await using site = await openSite()
    const { ada, ben } = await openTwo(site)
    let attempts = 0
    site.faults.before = () => {
      attempts += 1
      throw fail('INVALID_INPUT', 'not this')
    }
    const refusals: string[] = []
    ada.provider.on('refused', ({ error }) => refusals.push(error.code))
    ada.type('odd ')
    await vi.waitFor(() => expect(refusals).toEqual(['INVALID_INPUT']))
    expect([attempts, ada.provider.unsaved, ada.text.toJSON()]).toEqual([2, 1, 'odd '])
    delete site.faults.before
    ada.provider.disconnect()
    ada.provider.connect()
    expect(await agree(ada, ben)).toBe('odd ')
  })
})
