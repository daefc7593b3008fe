import fc from 'fast-check'
import { expect, it } from 'vitest'
import {
  chosen,
  lengthOf,
  liveWindow,
  longestMs,
  panned,
  paused,
  shortestMs,
  spanOf,
  zoomed,
} from '../web/time/time-window.ts'

const now = Date.UTC(2026, 10, 20, 12)
const minute = 60_000

it('[CHT62] a window that is moved or zoomed shows 10 s to one day, ends by now, and begins within the last day', () => {
  const step = fc.oneof(
    fc.record({
      kind: fc.constant('pan' as const),
      by: fc.double({ min: -2 * longestMs, max: 2 * longestMs, noNaN: true }),
    }),
    fc.record({ kind: fc.constant('zoom' as const), by: fc.double({ min: 0.01, max: 100, noNaN: true }) }),
    fc.record({ kind: fc.constant('pause' as const), by: fc.constant(0) }),
  )
  const anchor = fc.double({ min: 0, max: 1, noNaN: true })
  fc.assert(
    fc.property(fc.integer({ min: 0, max: longestMs * 2 }), fc.array(fc.tuple(step, anchor)), (lastMs, steps) => {
      let shown = liveWindow(lastMs)
      for (const [{ kind, by }, at] of steps) {
        if (kind === 'pan') shown = panned(shown, by, now)
        else if (kind === 'zoom') shown = zoomed(shown, by, at, now)
        else shown = paused(shown, now)
        const { from, to } = spanOf(shown, now)
        expect(to).toBeLessThanOrEqual(now)
        expect(from).toBeGreaterThanOrEqual(now - longestMs - 1)
        expect(lengthOf(shown)).toBeGreaterThanOrEqual(shortestMs - 1)
        expect(lengthOf(shown)).toBeLessThanOrEqual(longestMs)
      }
    }),
  )
})

it('[CHT62] a window that reaches now is live again, and otherwise stands still', () => {
  const back = panned(liveWindow(5 * minute), -2 * minute, now)
  expect(back).toEqual({ kind: 'still', from: now - 7 * minute, to: now - 2 * minute })
  expect(panned(back, minute, now)).toEqual({ kind: 'still', from: now - 6 * minute, to: now - minute })
  expect(panned(back, 2 * minute, now)).toEqual(liveWindow(5 * minute))
  expect(paused(liveWindow(minute), now)).toEqual({ kind: 'still', from: now - minute, to: now })
})

it('[CHT62] a live window keeps its right end when it is zoomed, another one what is below the pointer', () => {
  expect(zoomed(liveWindow(10 * minute), 0.5, 0.2, now)).toEqual(liveWindow(5 * minute))
  const still = { kind: 'still', from: now - 30 * minute, to: now - 10 * minute } as const
  const closer = zoomed(still, 0.5, 0.25, now)
  expect(closer).toEqual({ kind: 'still', from: now - 27.5 * minute, to: now - 17.5 * minute })
})

it('[CHT62] a chosen part is shown whichever way it was dragged', () => {
  const part = { from: now - 20 * minute, to: now - 15 * minute }
  expect(chosen(part, now)).toEqual({ kind: 'still', ...part })
  expect(chosen({ from: part.to, to: part.from }, now)).toEqual({ kind: 'still', ...part })
})
