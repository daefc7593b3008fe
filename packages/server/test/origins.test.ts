import type { IncomingMessage } from 'node:http'
import { describe, expect, it } from 'vitest'
import { clientAddress, isOriginAllowed } from '../src/transport/origins.ts'

function request(headers: Record<string, string>): IncomingMessage {
  return { headers } as unknown as IncomingMessage
}

describe('isOriginAllowed', () => {
  it('[CNX14] an Origin that cannot be read is refused, also where there is no Host to compare it with', () => {
    for (const origin of ['null', '', 'nonsense', '//', 'http://']) {
      for (const headers of [{ origin }, { origin, host: 'a.example' }, { origin, host: '' }]) {
        expect([headers, isOriginAllowed('same-origin', false, request(headers))]).toEqual([headers, false])
      }
    }
    expect(isOriginAllowed('same-origin', false, request({ origin: 'https://a.example' }))).toBe(false)
    expect(isOriginAllowed('same-origin', false, request({}))).toBe(true)
  })

  it('[CNX17] of several forwarded hosts the first counts, and only behind a trusted proxy', () => {
    const headers = { origin: 'https://a.example', host: 'node', 'x-forwarded-host': 'a.example, proxy' }
    expect(isOriginAllowed('same-origin', true, request(headers))).toBe(true)
    expect(isOriginAllowed('same-origin', false, request(headers))).toBe(false)
  })
})

describe('clientAddress', () => {
  it('[CNX19] is the last of X-Forwarded-For behind a trusted proxy, and the direct one otherwise', () => {
    expect(clientAddress(true, 'direct', '6.6.6.6, 10.0.0.1')).toBe('10.0.0.1')
    expect(clientAddress(true, 'direct', ['6.6.6.6', '10.0.0.1'])).toBe('10.0.0.1')
    expect(clientAddress(true, 'direct', '')).toBe('direct')
    expect(clientAddress(true, 'direct', undefined)).toBe('direct')
    expect(clientAddress(false, 'direct', '6.6.6.6')).toBe('direct')
  })
})
