import { seededRandom } from '@millrace/testing'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import * as Y from 'yjs'
import { mostSteps, survey } from '../../src/server/guard/survey.ts'
import { heaviestUpdates } from '../attacks/heaviest-updates.ts'
import { stepsOfYjs } from '../attacks/steps-of-yjs.ts'
import { senseless } from './senseless.ts'
import { GuardedDocument } from './guarded-document.ts'
import { createReplica, edit } from './honest-session.ts'

describe('what readers have to look at', () => {
  it('[DOC75] is counted no lower than it is, in the order in which it was written, and merged', () => {
    let most = 0
    fc.assert(
      fc.property(fc.integer(), fc.constantFrom('any' as const, 'behind' as const, 'none' as const), (seed, places) => {
        const random = seededRandom(seed)
        const server = new GuardedDocument()
        const replicas = [1, 2, 300, 40_000].map((id) => createReplica(id))
        for (let step = 0; step < 60; step++) {
          const replica = random.pick(replicas)
          edit(random, replica)
          if (random.integer(3) === 0) Y.applyUpdate(replica.doc, Y.encodeStateAsUpdate(server.doc), 'remote')
          if (random.integer(3) === 0) for (const update of replica.unsent.splice(0)) server.take(update)
          if (places !== 'none') server.take(senseless(random, server.known, places))
        }
        const { steps } = survey(server.log)
        const yjs = Math.max(stepsOfYjs(server.log), stepsOfYjs([Y.mergeUpdates(server.log)]))
        expect(steps).toBeGreaterThanOrEqual(yjs)
        most = Math.max(most, yjs)
      }),
      { numRuns: 10 },
    )
    expect(most).toBeGreaterThan(50)
  })

  it('[DOC75] grows with the square of places that overlap', () => {
    const overlapping = heaviestUpdates(8_000).find(([name]) => name === 'places that overlap')![1]
    const yjs = stepsOfYjs([overlapping])
    expect(yjs).toBeGreaterThan(480_000)
    // What is cut later is counted as if it were cut already.
    expect(survey([overlapping]).steps / yjs).toBeGreaterThanOrEqual(1)
    expect(survey([overlapping]).steps / yjs).toBeLessThan(2.1)
    const more = heaviestUpdates(60_000).find(([name]) => name === 'places that overlap')![1]
    const { steps: tooMany, items } = survey([more])
    expect(tooMany).toBeGreaterThan(mostSteps(items))
  })

  it('[DOC75] is far below the limit where twenty people type in one place while they are offline, and retype it', () => {
    const before = new Y.Doc()
    before.getText('text').insert(0, 'beginning end')
    const log = [Y.encodeStateAsUpdate(before)]
    for (let person = 1; person <= 20; person++) {
      const doc = new Y.Doc()
      doc.clientID = person
      Y.applyUpdate(doc, log[0]!)
      const own: Uint8Array[] = []
      doc.on('update', (update: Uint8Array) => own.push(update))
      for (let letter = 0; letter < 300; letter++) {
        doc.getText('text').insert(10 + (letter % 50), 'x')
        if (letter % 50 === 49) doc.getText('text').delete(10, 50)
      }
      log.push(Y.mergeUpdates(own))
    }
    const { steps, items } = survey(log)
    expect(items).toBeGreaterThan(6_000)
    expect(steps).toBeLessThan(mostSteps(items) / 10)
  })
})
