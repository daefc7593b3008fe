// @vitest-environment happy-dom
import { act, cleanup, renderHook } from '@testing-library/react'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { useReadMark, type ReadMark } from '../src/conversation/use-read-mark.ts'
import { continues } from '../src/message/said.ts'
import { useRecent } from '../src/use-recent.ts'
import { useRemembered } from '../src/use-remembered.ts'
import { useRepeated } from '../src/use-repeated.ts'

beforeEach(() => {
  vi.useFakeTimers({ now: new Date(2026, 2, 3, 12) })
})
afterEach(() => {
  cleanup()
  vi.useRealTimers()
  vi.restoreAllMocks()
  vi.unstubAllGlobals()
  sessionStorage.clear()
})

it('[DSG40] messages of one author, one day and 5 minutes stand under one name', () => {
  const at = (hour: number, minute: number, second = 0) => new Date(2026, 2, 3, hour, minute, second).getTime()
  const by = (id: string, when: number) => ({ author: { id, name: id }, at: when })
  expect(continues(undefined, by('ada', at(12, 0)))).toBe(false)
  expect(continues(by('ada', at(12, 0)), by('ada', at(12, 4, 59)))).toBe(true)
  expect(continues(by('ada', at(12, 0)), by('ada', at(12, 5)))).toBe(false)
  expect(continues(by('ada', at(12, 0)), by('bob', at(12, 0)))).toBe(false)
  expect(continues(by('ada', at(23, 59)), by('ada', at(24, 1)))).toBe(false)
})

it('[DSG41] what was noted is forgotten after its time, or when it is taken back', () => {
  const { result } = renderHook(() => useRecent<string>(6_000))
  const seen = () => [...result.current[0]]
  act(() => result.current[1]('ada', true))
  act(() => void vi.advanceTimersByTime(4_000))
  act(() => result.current[1]('bob', true))
  expect(seen()).toEqual(['ada', 'bob'])
  act(() => void vi.advanceTimersByTime(2_001))
  expect(seen()).toEqual(['bob'])
  act(() => result.current[1]('bob', false))
  act(() => void vi.advanceTimersByTime(1))
  expect(seen()).toEqual([])
})

it('[DSG41] what goes on is said again every 3 s, and once when it is over', () => {
  const said: boolean[] = []
  const { result } = renderHook(() => useRepeated((isOn) => said.push(isOn), 3_000))
  result.current(false)
  expect(said).toEqual([])
  result.current(true)
  vi.advanceTimersByTime(2_999)
  result.current(true)
  expect(said).toEqual([true])
  vi.advanceTimersByTime(1)
  result.current(true)
  result.current(false)
  result.current(false)
  result.current(true)
  expect(said).toEqual([true, true, false, true])
})

it('[DSG42] what is seen is said once, and only while somebody may see it', () => {
  const visibility = vi.spyOn(document, 'visibilityState', 'get').mockReturnValue('hidden')
  const said: number[] = []
  const base: ReadMark = {
    shownSeq: 5,
    known: { readSeq: 3, lastSeq: 5 },
    isAtEnd: true,
    isConnected: true,
    say: (seq) => said.push(seq),
  }
  const { rerender, result } = renderHook((mark: ReadMark) => useReadMark(mark), { initialProps: base })
  expect(said).toEqual([])
  visibility.mockReturnValue('visible')
  act(() => void document.dispatchEvent(new Event('visibilitychange')))
  expect(said).toEqual([5])
  expect(result.current).toMatchObject({ after: 3, upTo: 5 })
  rerender({ ...base, known: { readSeq: 5, lastSeq: 6 }, shownSeq: 6, isAtEnd: false })
  expect(said).toEqual([5])
  rerender({ ...base, known: { readSeq: 5, lastSeq: 6 }, shownSeq: 6 })
  expect(said).toEqual([5, 6])
  // What was unread when somebody began to look stays what it was.
  expect(result.current).toMatchObject({ after: 3, upTo: 5 })
  rerender({ ...base, known: { readSeq: 5, lastSeq: 6 }, shownSeq: 6, isConnected: false })
  rerender({ ...base, known: { readSeq: 5, lastSeq: 6 }, shownSeq: 6 })
  expect(said).toEqual([5, 6, 6])
})

const readNumbers = (stored: unknown): readonly number[] | undefined =>
  Array.isArray(stored) && stored.every((one) => typeof one === 'number') ? stored : undefined

function remember(initialProps: readonly number[] | undefined) {
  return renderHook((value: readonly number[] | undefined) => useRemembered('list', value, readNumbers), {
    initialProps,
  })
}

it('[DSG43] what a tab knew last is there again before it is known anew', () => {
  remember([1, 2]).unmount()
  const { result, rerender } = remember(undefined)
  expect(result.current).toEqual([1, 2])
  rerender([3])
  expect(result.current).toEqual([3])
})

it('[DSG43] it is kept when the page goes, and not at each change', () => {
  const { rerender } = remember([1])
  rerender([1, 2])
  expect(sessionStorage.getItem('list')).toBeNull()
  dispatchEvent(new Event('pagehide'))
  expect(sessionStorage.getItem('list')).toBe('[1,2]')
})

it.each(['{', '"no list"', '[1, "two"]'])('[DSG43] what was stored and does not do, %s, is not shown', (text) => {
  sessionStorage.setItem('list', text)
  expect(remember(undefined).result.current).toBeUndefined()
})

it('[DSG43] what does not fit in the storage is not remembered, and neither is what was there before', () => {
  const kept = new Map([['list', '[1,2]']])
  vi.stubGlobal('sessionStorage', {
    getItem: (name: string) => kept.get(name) ?? null,
    setItem: () => {
      throw new DOMException('full', 'QuotaExceededError')
    },
    removeItem: (name: string) => kept.delete(name),
  })
  const { result, unmount } = remember([1, 2, 3])
  expect(result.current).toEqual([1, 2, 3])
  unmount()
  expect(kept.size).toBe(0)
})
