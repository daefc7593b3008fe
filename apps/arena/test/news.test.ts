import { describe, expect, it } from 'vitest'
import type { Report } from '../web/play/report.ts'
import { newsOf } from '../web/view/use-news.ts'

const ada = { id: 'ada', name: 'Ada', hue: 1, isBot: false, score: 4, wins: 0 }
const line = { pingMs: 1, jitterMs: 0, echoMs: 1, ticksPerSecond: 30, ageMs: 1, error: 0, pending: 0, node: 'a' }
const report: Report = {
  id: 'ada',
  isAfloat: true,
  captains: [ada],
  cargo: 2,
  round: { number: 3, isPlaying: true, secondsLeft: 40, winner: '' },
  line,
}
const rest = { number: 3, isPlaying: false, secondsLeft: 8, winner: 'Bob' }

describe('what is told of the own boat', () => {
  it.each<[string | undefined, Partial<Report>, Partial<Report>]>([
    [undefined, {}, {}],
    [undefined, {}, { line: { ...line, pingMs: 99 } }],
    ['Your boat is on the water.', { isAfloat: false }, {}],
    ['Your boat is gone.', {}, { isAfloat: false }],
    ['3 on board.', {}, { cargo: 3 }],
    ['Six sacks on board: the boat is full.', { cargo: 5 }, { cargo: 6 }],
    ['Rammed: 1 left on board.', { cargo: 3 }, { cargo: 1 }],
    ['Unloaded 2. You have 6.', {}, { cargo: 0, captains: [{ ...ada, score: 6 }] }],
    ['Round 3 is over. Bob won.', {}, { round: rest }],
    ['Round 3 is over. Nobody won.', {}, { round: { ...rest, winner: '' } }],
    ['Round 4 begins.', { round: rest }, { round: { ...rest, number: 4, isPlaying: true }, cargo: 0 }],
  ])('[ARN54] %s', (said, before, now) => {
    expect(newsOf({ ...report, ...before }, { ...report, ...now })).toBe(said)
  })

  it('[ARN54] is nothing before the first report', () => {
    expect([newsOf(undefined, report), newsOf(report, undefined)]).toEqual([undefined, undefined])
  })
})
