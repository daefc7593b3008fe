import { expect, it } from 'vitest'
import { connectionNotice } from '../web/connection-notice.ts'
import { roomName, roomOfAddress } from '../web/room-names.ts'
import { heard, typingNow, typingText } from '../web/typists.ts'

const reason = { code: 'DISCONNECTED', message: 'it closed' } as const
const waiting = { state: 'waiting', attempt: 2, retryInMs: 100, reason } as const

it('[APP22] is silent while connected, and says what it waits for otherwise', () => {
  expect(connectionNotice({ state: 'connected', node: 'n', connection: 'c' }, true, 2)).toBeUndefined()
  expect(connectionNotice({ state: 'connecting', attempt: 1 }, false, 0)).toMatchObject({
    tone: 'busy',
    text: 'Connecting…',
  })
  expect(connectionNotice(waiting, true, 0)?.text).toBe('Offline: waiting for the server.')
  expect(connectionNotice({ state: 'connecting', attempt: 1 }, true, 3)?.text).toBe(
    'Offline: waiting for the server, 3 unsent.',
  )
  expect(connectionNotice(waiting, false, 0)?.text).toMatch(/does not answer yet/)
})

it('[APP22] offers to try again only where the page will not do it by itself', () => {
  expect(connectionNotice(waiting, true, 0)?.canRetry).toBe(false)
  expect(connectionNotice({ state: 'gave-up', reason }, true, 0)).toMatchObject({
    canRetry: true,
    text: 'Not connected: it closed',
  })
  expect(connectionNotice({ state: 'closed' }, true, 0)).toMatchObject({ tone: 'refused', canRetry: false })
})

it('[APP19] makes a room of whatever the address holds', () => {
  expect(roomOfAddress('')).toBe('lobby')
  expect(roomOfAddress('#random')).toBe('random')
  expect(roomOfAddress('#caf%C3%A9%20au%20lait')).toBe('caf-au-lait')
  expect(roomOfAddress('#%E0%A4%A')).toBe('E0A4A')
  expect(roomOfAddress('#<script>')).toBe('script')
  expect(roomOfAddress('#../..')).toBe('lobby')
  expect(roomName(` ${'x'.repeat(80)}`)).toHaveLength(64)
})

it('[APP12] believes for 5 s that somebody types', () => {
  const typists = heard(heard(new Map(), 'u1', true, 0), 'u2', true, 4_000)
  expect(typingNow(typists, 4_999)).toEqual(['u1', 'u2'])
  expect(typingNow(typists, 5_000)).toEqual(['u2'])
  expect(typingNow(heard(typists, 'u2', false, 5_000), 5_000)).toEqual([])
})

it('[APP12] says who types', () => {
  expect(typingText([])).toBe('')
  expect(typingText(['Ada'])).toBe('Ada is typing…')
  expect(typingText(['Ada', 'Bob'])).toBe('Ada and Bob are typing…')
  expect(typingText(['Ada', 'Bob', 'Cleo'])).toBe('Several people are typing…')
})
