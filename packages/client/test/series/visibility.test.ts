import { expect, it } from 'vitest'
import { systemVisibility } from '../../src/series/system-visibility.ts'

it('[SER113] a page is hidden while its document says so, and a process never is', () => {
  const document = Object.assign(new EventTarget(), { visibilityState: 'visible' })
  const visibility = systemVisibility({ document })
  const seen: boolean[] = []
  const off = visibility.subscribe(() => seen.push(visibility.isHidden))
  for (const state of ['hidden', 'visible']) {
    document.visibilityState = state
    document.dispatchEvent(new Event('visibilitychange'))
  }
  off()
  document.dispatchEvent(new Event('visibilitychange'))
  expect(seen).toEqual([true, false])
  const process = systemVisibility({})
  process.subscribe(() => seen.push(true))()
  expect(process.isHidden).toBe(false)
})
