import { runInNewContext } from 'node:vm'
import { describe, expect, it } from 'vitest'
import * as Y from 'yjs'
import { BareRelay } from './bare-relay.ts'
import { deepTypes } from './deep-types.ts'
import { endlessMerge } from './endless-merge.ts'
import { forgedUsers } from './forged-users.ts'
import { hiddenUser } from './hidden-user.ts'
import { lostInMerge } from './lost-in-merge.ts'
import { manyClients } from './many-clients.ts'
import { missingDependencies } from './missing-dependencies.ts'
import { overlappingPlaces } from './overlapping-places.ts'
import { splitValue } from './split-value.ts'
import { stepsOfYjs } from './steps-of-yjs.ts'
import { vanishingEdits } from './vanishing-edits.ts'

const victimId = 0xb0bb0b01

/** Ends a loop without an end. */
function endsWithin(timeoutMs: number, job: () => void): boolean {
  try {
    runInNewContext('job()', { job }, { timeout: timeoutMs })
    return true
  } catch (error) {
    expect(error).toMatchObject({ code: 'ERR_SCRIPT_EXECUTION_TIMEOUT' })
    return false
  }
}

describe('what bare Yjs does with each attack', () => {
  it('[DOC80] loses what somebody wrote offline, from their own copy too, for eleven bytes', () => {
    using relay = new BareRelay()
    const victim = relay.join(victimId)
    victim.doc.getText('text').insert(0, 'before ')
    victim.isOnline = false
    const attack = vanishingEdits(victimId, 7)
    expect(attack).toHaveLength(11)
    relay.send(attack)
    victim.doc.getText('text').insert(7, 'an hour of work')
    victim.isOnline = true
    relay.sync(victim)
    const reader = relay.join(2)
    expect(reader.doc.getText('text').toJSON()).toBe('before ')
    expect(victim.doc.getText('text').toJSON()).toBe('before ')
  })

  it('[DOC81] hides a user for good', () => {
    using relay = new BareRelay()
    const victim = relay.join(victimId)
    victim.awareness.setLocalState({ name: 'Bob' })
    relay.show(victim)
    const reader = relay.join(2)
    expect(reader.awareness.getStates().get(victimId)).toEqual({ name: 'Bob' })
    relay.sendAwareness(hiddenUser(victimId))
    for (let again = 0; again < 3; again++) {
      victim.awareness.setLocalState({ name: 'Bob', again })
      relay.show(victim)
    }
    expect(reader.awareness.getStates().has(victimId)).toBe(false)
  })

  it('[DOC82] shows 20,000 users who are not there', () => {
    using relay = new BareRelay()
    const reader = relay.join(2)
    const attack = forgedUsers()
    expect(attack.length).toBeLessThan(123_000)
    relay.sendAwareness(attack)
    expect(reader.awareness.getStates().size).toBeGreaterThanOrEqual(20_000)
  })

  it('[DOC83] never finishes to merge 27 bytes', () => {
    const [first, second] = endlessMerge
    expect(first.length + second.length).toBe(27)
    expect(endsWithin(500, () => Y.mergeUpdates([first, second]))).toBe(false)
    const v2 = [first, second].map((update) => Y.convertUpdateFormatV1ToV2(update))
    expect(endsWithin(500, () => Y.mergeUpdatesV2(v2))).toBe(false)
    const doc = new Y.Doc()
    Y.applyUpdate(doc, first)
    expect(endsWithin(500, () => Y.applyUpdate(doc, second))).toBe(false)
  })

  it('[DOC84] writes all that waits again for every update whose causes are missing', () => {
    const writtenFor = (count: number) => {
      const doc = new Y.Doc()
      let bytes = 0
      for (const update of missingDependencies(count)) {
        Y.applyUpdate(doc, update)
        bytes += doc.store.pendingStructs?.update.byteLength ?? 0
      }
      return bytes
    }
    expect(writtenFor(400) / writtenFor(100)).toBeGreaterThan(13)
  })

  it('[DOC87] opens no document any more in which deep types were deleted', () => {
    const doc = new Y.Doc()
    expect(() => deepTypes(666, 12_000).forEach((update) => Y.applyUpdate(doc, update))).toThrow(RangeError)
  })

  it('[DOC88] loses a struct when updates are merged, and what stands beside it', () => {
    using relay = new BareRelay()
    const victim = relay.join(5)
    const stored: Uint8Array[] = [lostInMerge]
    relay.send(lostInMerge)
    victim.doc.once('update', (update: Uint8Array) => stored.push(update))
    const at = victim.doc.getText('text').toJSON().indexOf('lost') + 2
    victim.doc.getText('text').insert(at, ' and found ')
    expect(relay.doc.getText('text').toJSON()).toContain('lo and found st')
    const merged = new Y.Doc()
    Y.applyUpdate(merged, Y.mergeUpdates(stored))
    expect(merged.getText('text').toJSON()).toBe('something longer')
    expect(merged.store.pendingStructs).not.toBeNull()
  })

  it('[DOC89] throws where a map is deleted in which a value was split, and opens such a document never again', () => {
    using relay = new BareRelay()
    const victim = relay.join(victimId)
    const [valued, split, deletion] = splitValue
    relay.send(valued)
    relay.send(split)
    // Anybody may be the one who deletes it.
    expect(() => relay.send(deletion)).toThrow('Unexpected case')
    expect(() => victim.doc.getMap('map').delete('inner')).toThrow('Unexpected case')
    const reader = new Y.Doc()
    expect(() => Y.applyUpdate(reader, Y.mergeUpdates([...splitValue]))).toThrow('Unexpected case')
  })

  it('[DOC90] looks at four times as many neighbours for twice as many places that overlap', () => {
    const lookedAt = (count: number) => stepsOfYjs(overlappingPlaces(666, count, count))
    expect(lookedAt(800) / lookedAt(400)).toBeGreaterThan(3.8)
  })

  it('[DOC91] takes any number of client ids of one writer, and tells all of them to everybody who comes', () => {
    using relay = new BareRelay()
    for (let from = 0; from < 20_000; from += 1_000) relay.send(manyClients(1_000_000 + from, 1_000))
    expect(Y.encodeStateVector(relay.doc).byteLength).toBeGreaterThan(75_000)
  })
})
