import { describe, expect, it } from 'vitest'
import { connectionText } from '../src/connection-text.ts'
import { hueOf } from '../src/hue-of.ts'
import { initialsOf } from '../src/initials-of.ts'
import { nextItem } from '../src/menu/next-item.ts'
import { dayText, shortTimeText, timeText } from '../src/times.ts'

describe('avatars', () => {
  it('[DSG7] the same id has the same of eight colours, and others have others', () => {
    expect(hueOf('u1')).toBe(hueOf('u1'))
    const hues = Array.from({ length: 400 }, (_, index) => hueOf(`user-${index}`))
    expect(new Set(hues)).toEqual(new Set([0, 1, 2, 3, 4, 5, 6, 7]))
  })

  it.each([
    ['Ada Lovelace', 'AL'],
    ['  ada   king  lovelace ', 'AL'],
    ['radia', 'R'],
    ['e\u0301mile', 'E\u0301'],
    ['👩‍👩‍👧‍👦 family', '👩‍👩‍👧‍👦F'],
    ['محمد بن موسى', 'مم'],
    ['', ''],
  ])('[DSG7] the initials of %j are %j', (name, initials) => {
    expect(initialsOf(name)).toBe(initials)
  })
})

describe('times', () => {
  const at = (day: number, hour: number, year = 2026): number => new Date(year, 2, day, hour, 5).getTime()
  const now = at(20, 0)

  it('[DSG8] days near now have names, others dates, those of other years the year', () => {
    const relative = new Intl.RelativeTimeFormat(undefined, { numeric: 'auto' })
    expect(dayText(at(20, 23), now).toLowerCase()).toBe(relative.format(0, 'day').toLowerCase())
    expect(dayText(at(19, 23), now).toLowerCase()).toBe(relative.format(-1, 'day').toLowerCase())
    expect(dayText(at(18, 23), now)).toContain('18')
    expect(dayText(at(18, 23), now)).not.toContain('2026')
    expect(dayText(at(18, 23, 2024), now)).toContain('2024')
  })

  it('[DSG8] a narrow place has the time of what was today, else the day', () => {
    expect(shortTimeText(at(20, 14), now)).toBe(timeText(at(20, 14)))
    expect(shortTimeText(at(19, 14), now)).toBe(dayText(at(19, 14), now))
    expect(shortTimeText(at(3, 14), now)).toContain('3')
  })
})

describe('menus', () => {
  const items = ['Reply', 'Edit', 'Delete', 'Report'].map((textContent) => ({ textContent }))
  const [reply, edit, remove, report] = items

  it.each([
    [undefined, 'ArrowDown', reply],
    [undefined, 'ArrowUp', report],
    [reply, 'ArrowDown', edit],
    [report, 'ArrowDown', reply],
    [reply, 'ArrowUp', report],
    [edit, 'Home', reply],
    [edit, 'End', report],
    [reply, 'r', report],
    [report, 'R', reply],
    [reply, 'd', remove],
    [reply, 'x', undefined],
    [reply, ' ', undefined],
    [reply, 'Shift', undefined],
  ])('[DSG11] from %j, %s leads to %j', (from, key, to) => {
    expect(nextItem(items, from, key)).toBe(to)
  })
})

describe('connection', () => {
  const reason = { code: 'UNAUTHENTICATED', message: 'this session has expired; enter your name again' }

  it('[DSG13] says what is the case, and how much is kept', () => {
    expect(connectionText({ state: 'connected', node: 'n', connection: 'c' }, 3)).toBeUndefined()
    expect(connectionText({ state: 'connecting', attempt: 1 }, 0)?.text).toBe('Connecting…')
    const waiting = connectionText({ state: 'waiting', attempt: 1, retryInMs: 5, reason }, 1)
    expect(waiting?.text).toBe('You are offline, and the page keeps trying. One change is kept and will be sent.')
    expect(connectionText({ state: 'gave-up', reason }, 2)).toEqual({
      tone: 'refused',
      text: 'This session has expired; enter your name again. 2 changes are kept and will be sent.',
      canRetry: true,
    })
  })
})
