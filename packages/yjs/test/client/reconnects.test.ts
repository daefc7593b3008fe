import { fail } from '@millrace/contract'
import { describe, expect, it } from 'vitest'
import { eventually } from './fixtures/eventually.ts'
import { openSite } from './fixtures/note-site.ts'
import { openNote } from './fixtures/open-note.ts'
import { agree, cutOff, openTwo, sorted } from './fixtures/replicas.ts'

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
    // Timers count whole milliseconds.
    expect(Math.min(times[1]! - times[0]!, times[2]! - times[1]!)).toBeGreaterThan(149)
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
    await eventually(() => expect(refusals).toEqual(['INVALID_INPUT']))
    expect([attempts, ada.provider.unsaved, ada.text.toJSON()]).toEqual([2, 1, 'odd '])
    delete site.faults.before
    ada.provider.disconnect()
    ada.provider.connect()
    expect(await agree(ada, ben)).toBe('odd ')
  })
})
