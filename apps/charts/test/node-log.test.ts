import { fail } from '@millrace/contract'
import { expect, it, onTestFinished } from 'vitest'
import type { Line } from '../log/line-buffer.ts'
import { NodeLog } from '../log/node-log.ts'
import { Troubles } from '../log/troubles.ts'

function start({ isPublic = false } = {}) {
  const clock = { ms: 0 }
  const told: Line[] = []
  const written: string[] = []
  const keys: number[] = []
  const store = { isUp: true }
  const log = new NodeLog({
    isPublic,
    now: () => clock.ms,
    monotonicMs: () => clock.ms,
    write: ({ level, text }) => void written.push(`${level} ${text}`),
  })
  log.start(async (line, key) => {
    keys.push(key)
    if (!store.isUp) throw fail('UNAVAILABLE', 'the store is away')
    told.push(line)
  })
  onTestFinished(() => log.stop())
  return { clock, told, written, keys, store, log, texts: () => told.map(({ text }) => text) }
}

it('[CHT32] tells 50 lines at once, then 20 a second, and how many were left out', async () => {
  const { clock, texts, log } = start()
  for (let n = 0; n < 300; n++) log.say('info', `line ${n}`)
  await log.tell()
  expect(texts()).toHaveLength(50)
  expect(texts()[0]).toBe('line 100')
  clock.ms += 1_000
  await log.tell()
  expect(texts()).toHaveLength(70)
  clock.ms += 60_000
  await log.tell()
  clock.ms += 60_000
  await log.tell()
  clock.ms += 60_000
  await log.tell()
  clock.ms += 60_000
  await log.tell()
  expect(texts()).toHaveLength(201)
  expect(texts()).toContain('100 lines of this log were left out, since too many waited')
})

it('[CHT33] lines wait for the store, and come once', async () => {
  const { clock, texts, keys, store, log } = start()
  store.isUp = false
  log.say('info', 'first')
  log.say('error', 'second')
  for (let look = 0; look < 100; look++) {
    clock.ms += 250
    await log.tell()
  }
  expect(texts()).toEqual([])
  store.isUp = true
  clock.ms += 10_000
  await log.tell()
  expect(texts().slice(0, 2)).toEqual(['first', 'second'])
  expect(texts()).toHaveLength(3)
  expect(texts()[2]).toBe('lines of this log wait for the store: UNAVAILABLE: the store is away')
  // A line that may have been stored is sent with the same key again.
  expect(keys.slice(0, 100)).toEqual(Array.from({ length: 100 }, () => 0))
  expect(new Set(keys.slice(100)).size).toBe(3)
})

it('[CHT36] writes each line at once, also one that is told later or never', () => {
  const { written, log } = start()
  log.say('debug', 'said\nonce')
  log.say('debug', 'said\nonce')
  log.say('warn', '')
  expect(written).toEqual(['debug said once', 'debug said once'])
})

it('[CHT35] errors that are not the framework’s keep their text in production', async () => {
  const { texts, log, written } = start({ isPublic: true })
  log.fault(new TypeError('the password of ada is 1234'))
  log.fault(fail('UNAVAILABLE', 'the store is away'))
  log.fault({ secret: '1234' })
  await log.tell()
  expect(texts()).toEqual([
    'TypeError; its text is in the output of this node',
    'UNAVAILABLE: the store is away',
    'something failed that was no Error',
  ])
  expect(written).toEqual([])
})

it('[CHT34] tells of errors with their text elsewhere', async () => {
  const { told, log } = start()
  log.fault(new TypeError('x is undefined'))
  log.fault('thrown text')
  await log.tell()
  expect(told.map(({ level, text }) => [level, text])).toEqual([
    ['error', 'TypeError: x is undefined'],
    ['error', 'thrown text'],
  ])
})

it('[CHT34] tells of a store that does not answer and answers again, and of slow connections', async () => {
  const { told, log } = start()
  const troubles = new Troubles(log)
  const looks: [number, boolean][] = [
    [0, true],
    [0, false],
    [0, false],
    [2, true],
    [2, true],
    [5, true],
  ]
  for (const [closedSlow, isReady] of looks) troubles.look({ closedSlow }, isReady)
  await log.tell()
  expect(told.map(({ level, text }) => [level, text])).toEqual([
    ['warn', expect.stringMatching(/^does not deliver/)],
    ['warn', expect.stringMatching(/^closed 2 connections with SLOW/)],
    ['info', 'delivers again'],
    ['warn', expect.stringMatching(/^closed 3 connections with SLOW/)],
  ])
})

it('[CHT33] what is left is told before the end, and nothing later', async () => {
  const { texts, log } = start()
  log.say('info', 'last words')
  await log.stop()
  expect(texts()).toEqual(['last words'])
  log.say('info', 'too late')
  await log.tell()
  expect(texts()).toEqual(['last words'])
})
