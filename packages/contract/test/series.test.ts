import { describe, expect, it } from 'vitest'
import { bytes, defineContract, entryVersions, fingerprint, room, series, type Schema } from '@millrace/contract'

const keys: Schema<string, string> = {
  '~standard': { version: 1, vendor: 'test', validate: (value) => ({ value: String(value) }) },
}

function define(name: string, options: object): ReturnType<typeof defineContract> {
  const load = series({ keys, fields: ['cpu'], ...options })
  return defineContract({ namespace: '/a', rooms: { hall: room({ series: { [name]: load } }) } })
}

describe('series of a contract', () => {
  it('[SER20] have defaults', () => {
    const given = { keys, fields: ['cpu'] } as const
    expect(series(given)).toEqual({
      ...given,
      kind: 'series',
      stepMs: 1_000,
      retentionMs: 86_400_000,
      stepRetentionMs: 86_400_000,
      maxKeys: 1_000,
      version: 1,
    })
  })

  it('[SER20] are refused with what to change', () => {
    const many = Array.from({ length: 33 }, (_, index) => `f${index}`)
    for (const [name, options, message] of [
      ['~load', {}, 'begins with ~'],
      ['load', { version: 0 }, 'version'],
      ['load', { fields: [] }, '1 to 32 different fields'],
      ['load', { fields: many }, '1 to 32 different fields'],
      ['load', { fields: ['a', 'a'] }, '1 to 32 different fields'],
      ['load', { fields: ['a b'] }, 'the field "a b" of the series "load" of room hall'],
      ['load', { fields: ['__proto__'] }, 'choose another name'],
      ['load', { stepMs: 9 }, 'stepMs of the series "load" of room hall must be a whole number, 10 to 3600000'],
      ['load', { stepMs: 10.5 }, 'stepMs'],
      ['load', { stepMs: 3_600_001 }, 'stepMs'],
      ['load', { retentionMs: 999 }, 'retentionMs'],
      ['load', { retentionMs: 401 * 86_400_000 }, 'retentionMs'],
      ['load', { retentionMs: Infinity }, 'retentionMs'],
      ['load', { stepRetentionMs: 9_999 }, 'stepRetentionMs'],
      ['load', { stepRetentionMs: 86_400_001 }, 'stepRetentionMs'],
      ['load', { stepRetentionMs: NaN }, 'stepRetentionMs'],
      ['load', { maxKeys: 0 }, 'maxKeys'],
      ['load', { maxKeys: 10_001 }, 'maxKeys'],
    ] as const)
      expect(() => define(name, options)).toThrow(message)
    for (const options of [
      { fields: many.slice(1) },
      { stepMs: 10, retentionMs: 10, maxKeys: 1 },
      { stepMs: 10, retentionMs: 1_000, stepRetentionMs: 100 },
      { stepMs: 3_600_000, retentionMs: 400 * 86_400_000, maxKeys: 10_000 },
    ])
      expect(() => define('load', options)).not.toThrow()
  })

  it('[SER21] are part of its fingerprint, with their versions', () => {
    const contracts = [define('load', {}), define('load', { version: 2 }), define('heat', {})]
    const none = defineContract({ namespace: '/a', rooms: { hall: room({}) } })
    expect(new Set([...contracts, none].map(fingerprint)).size).toBe(4)
    expect(fingerprint(define('load', { keys: bytes(), maxKeys: 7 }))).toBe(fingerprint(define('load', {})))
    expect(entryVersions(define('load', { version: 2 }))).toMatchObject({ 'series:hall/load': 2 })
  })
})
