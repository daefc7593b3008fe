import { assert, asyncProperty, array, constantFrom, integer, oneof, record, constant } from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Position } from '@millrace/contract'
import type { EventLog, LogQuery } from '@millrace/server'
import type { CreateStoreFixture } from '../store-fixture.ts'
import { LogModel, positionOf } from './log-model.ts'
import { appendOf, faultsOf, readEntries } from './log-fixtures.ts'

interface Step {
  readonly kind: 'append' | 'trim' | 'trim through' | 'rewind' | 'read'
  readonly size: number
  readonly maxEvents: number
  readonly maxBytes: number
  readonly direction: 'before' | 'after'
  /** Which of the positions seen so far is read, or trimmed through, counted from the newest; -1 for none. */
  readonly back: number
  readonly forge: Partial<Position>
}

const steps = array(
  record<Step>({
    kind: constantFrom('append', 'append', 'append', 'read', 'read', 'trim', 'trim through', 'rewind'),
    size: integer({ min: 1, max: 12 }),
    maxEvents: oneof(integer({ min: 0, max: 8 }), constant(1_000)),
    maxBytes: oneof(integer({ min: 0, max: 60 }), constant(1_000)),
    direction: constantFrom('before', 'after'),
    back: integer({ min: -1, max: 20 }),
    forge: oneof(
      constant({}),
      constant({}),
      record({ offset: integer({ min: 0, max: 30 }) }),
      constant({ id: 'forged' }),
      constant({ epoch: 'other' }),
    ),
  }),
  { minLength: 5, maxLength: 60 },
)

/** Random histories against a plain list. `runs` is how many; fewer for a store that does real IO. */
export function eventLogModelSuite(name: string, createFixture: CreateStoreFixture, runs: number): void {
  describe(`event log model: ${name}`, () => {
    it('[STO23, KPT14] answers as a plain list would', async () => {
      await using fixture = await createFixture()
      const { log } = await fixture.open()
      let room = 0
      await assert(
        asyncProperty(steps, (taken) => replay(log, `room ${room++}`, taken)),
        { numRuns: runs, seed: 7 },
      )
    })
  })
}

async function replay(log: EventLog, room: string, taken: readonly Step[]): Promise<void> {
  const [start] = await log.tails([room])
  if (start === undefined) throw new Error('tails answers one position per room')
  const model = new LogModel(start)
  const seen: Position[] = [start]
  for (const step of taken) {
    await take(log, room, step, model, seen)
    expect(await log.tails([room])).toEqual([model.top])
  }
  expect(await readEntries(log, room)).toEqual(model.retained)
}

async function take(log: EventLog, room: string, step: Step, model: LogModel, seen: Position[]): Promise<void> {
  const { kind, maxEvents, maxBytes } = step
  if (kind === 'trim') {
    await faultsOf(log).trim(room, maxEvents)
    return model.trim(maxEvents)
  }
  if (kind === 'rewind') {
    await faultsOf(log).rewind(room, Math.max(0, model.top.offset - step.back))
    return model.rewind(model.top.offset - step.back)
  }
  const seenThere = step.back === -1 ? undefined : seen[seen.length - 1 - step.back]
  const position = seenThere === undefined ? null : { ...seenThere, ...step.forge }
  if (kind === 'trim through') {
    const through = position ?? model.top
    await log.trim(room, through)
    return model.trimThrough(through)
  }
  if (kind === 'read') {
    const query: LogQuery = { direction: step.direction, position, limit: maxEvents, maxBytes }
    expect(await log.read(room, query)).toEqual(model.read(query))
    return
  }
  const history = { maxEvents, maxBytes, ttlSeconds: 60 }
  const append = appendOf('1'.repeat(step.size), { history })
  const appended = await log.append(room, append)
  const { name, key, from, payload } = append
  const entry = { ...appended.position, prev: model.top.id, key, at: appended.at, from, name, payload }
  model.append(entry, history)
  seen.push(positionOf(entry))
}
