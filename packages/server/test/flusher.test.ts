import { expect, it } from 'vitest'
import type { Clock } from '@millrace/contract'
import { Flusher } from '../src/flusher.ts'

function scene() {
  const deferred: (() => void)[] = []
  const timers: (() => void)[] = []
  const clock: Clock = {
    now: () => 0,
    monotonic: () => 0,
    defer: (run) => void deferred.push(run),
    after: (_delayMs, run) => {
      timers.push(run)
      return () => void timers.splice(timers.indexOf(run), 1)
    },
  }
  const errors: unknown[] = []
  const flusher = new Flusher(clock, (error) => errors.push(error))
  const log: string[] = []
  const held = (name: string) => ({ release: () => void log.push(`release ${name}`) })
  const room = (name: string, flushMs = 0, work = () => {}) => ({
    flushMs,
    flush: () => {
      log.push(name)
      flusher.hold(held(name))
      work()
    },
  })
  const endTick = () => {
    for (const run of deferred.splice(0)) run()
  }
  const fireTimers = () => {
    for (const run of timers.splice(0)) run()
  }
  return { fireTimers, flusher, errors, log, held, room, endTick, deferred }
}

it('[DEL63] releases what was held in a tick once every room of it has flushed, whether it was held before or during the flush', () => {
  const { flusher, log, held, room, endTick } = scene()
  expect(flusher.hold(held('too early'))).toBe(false)
  flusher.mark(room('a'))
  expect(flusher.hold(held('answer'))).toBe(true)
  flusher.mark(room('b'))
  endTick()
  expect(log).toEqual(['a', 'b', 'release answer', 'release a', 'release b'])
  expect(flusher.hold(held('too late'))).toBe(false)
})

it('[DEL63] rooms that gather for a time flush with those that do not', () => {
  const { fireTimers, flusher, log, room, endTick } = scene()
  flusher.mark(room('slow', 100))
  flusher.mark(room('also slow', 100))
  fireTimers()
  flusher.mark(room('quick'))
  endTick()
  expect(log).toEqual(['slow', 'also slow', 'quick', 'release slow', 'release also slow', 'release quick'])
})

it('[DEL64] releases what was held where a room fails, and where a release fails', () => {
  const { flusher, errors, log, room, endTick } = scene()
  const broken = room('broken', 0, () => {
    throw new Error('no flush today')
  })
  flusher.mark(broken)
  flusher.hold({
    release: () => {
      throw new Error('no release today')
    },
  })
  flusher.mark(room('b'))
  endTick()
  expect(log).toEqual(['broken', 'b', 'release broken', 'release b'])
  expect(errors.map(String)).toEqual(['Error: no flush today', 'Error: no release today'])
})

it('flushes in the next tick what a flush marked, and nothing that was forgotten', () => {
  const { flusher, log, room, endTick, deferred } = scene()
  const next = room('next')
  flusher.mark(room('first', 0, () => flusher.mark(next)))
  const gone = room('gone', 10)
  flusher.mark(gone)
  flusher.forget(gone)
  endTick()
  expect([log, deferred.length]).toEqual([['first', 'release first'], 1])
  flusher.flushAll()
  expect(log.slice(2)).toEqual(['next', 'release next'])
  endTick()
  expect(log.length).toBe(4)
})
