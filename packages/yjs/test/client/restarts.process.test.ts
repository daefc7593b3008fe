import { sqlite } from '@millrace/sqlite'
import { describe, expect, it } from 'vitest'
import { eventually } from './fixtures/eventually.ts'
import { openSite } from './fixtures/note-site.ts'
import { openNote } from './fixtures/open-note.ts'
import { agree, cutOff, openTwo } from './fixtures/replicas.ts'
import { temporaryFolder } from './fixtures/temporary-folder.ts'

describe('a provider whose server restarts on its file', () => {
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

  it('[DOC108] a server that ends before it answers has what it stored once, after it started again on its file', async () => {
    await using folder = temporaryFolder()
    await using site = await openSite({}, () => ({ store: sqlite({ file: folder.file }) }))
    const ada = openNote(site.client('ada'))
    await ada.provider.whenSynced
    ada.type('kept ')
    await agree(ada)
    site.faults.after = () => site.cut()
    ada.type('stored ')
    await eventually(() => expect(ada.provider.status).toBe('connecting'))
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
