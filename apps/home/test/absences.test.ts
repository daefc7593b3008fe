import { expect, it } from 'vitest'
import { Absences } from '../web/pulse/absences.ts'
import { Delays } from '../web/pulse/delays.ts'
import { absenceText } from '../web/pulse/texts.ts'

it('[HOM11] measures an absence from the loss to the last event that had waited', () => {
  const absences = new Absences()
  absences.received(false, 900)
  absences.lost(1_000)
  absences.lost(3_000) // an attempt to come back failed
  absences.joined(6_000)
  absences.received(true, 6_010)
  absences.received(true, 6_040)
  expect(absences.last).toBeUndefined()
  absences.received(false, 6_090)
  absences.received(false, 6_140)
  expect(absences.last).toEqual({ awayMs: 5_000, catchUpMs: 40, waited: 2 })
  expect(absences.count).toBe(1)
})

it('[HOM11] an absence that is interrupted by another loss goes on', () => {
  const absences = new Absences()
  absences.lost(0)
  absences.joined(100)
  absences.received(true, 110)
  absences.lost(120)
  absences.joined(500)
  absences.received(true, 510)
  absences.received(false, 520)
  expect(absences.last).toEqual({ awayMs: 500, catchUpMs: 10, waited: 1 })
  expect(absences.count).toBe(2)
})

it('[HOM11] says so in words', () => {
  expect(absenceText({ awayMs: 5_230, catchUpMs: 31.4, waited: 1_204 })).toBe(
    '5.2 s away, 1,204 events caught up in 31 ms',
  )
  expect(absenceText({ awayMs: 800, catchUpMs: 0, waited: 0 })).toBe('800 ms away, nothing had waited')
})

it('[HOM13] lateness is counted from the quickest event, so that clocks may differ', () => {
  const delays = new Delays()
  delays.note(1_000, 501_040)
  delays.note(2_000, 502_030)
  delays.note(3_000, 505_530)
  expect(delays.worstMs).toBe(2_500)
  delays.restart()
  delays.note(4_000, 504_045)
  expect(delays.worstMs).toBe(15)
})
