import { type } from 'arktype'
import * as v from 'valibot'
import { describe, expect, it } from 'vitest'
import * as z from 'zod'
import { MillraceError, parse, type Schema } from '@millrace/contract'

interface Library {
  readonly name: string
  /** `{ items: { name: text, trimmed }[] }` */
  readonly schema: Schema
  /** The same, asynchronous; ArkType has none. */
  readonly asyncSchema?: Schema
}

const libraries: readonly Library[] = [
  {
    name: 'Zod',
    schema: z.object({ items: z.array(z.object({ name: z.string().trim() })) }),
    asyncSchema: z
      .object({ items: z.array(z.object({ name: z.string().trim() })) })
      .refine(async () => Promise.resolve(true)),
  },
  {
    name: 'Valibot',
    schema: v.object({ items: v.array(v.object({ name: v.pipe(v.string(), v.trim()) })) }),
    asyncSchema: v.pipeAsync(
      v.object({ items: v.array(v.object({ name: v.pipe(v.string(), v.trim()) })) }),
      v.checkAsync(async () => Promise.resolve(true)),
    ),
  },
  { name: 'ArkType', schema: type({ items: type({ name: 'string.trim' }).array() }) },
]
const asyncLibraries = libraries.flatMap(({ name, asyncSchema }) => (asyncSchema ? [{ name, asyncSchema }] : []))

const good = { items: [{ name: ' Ada ' }] }
const bad = { items: [{ name: 1 }] }
const parsed = { ok: true, value: { items: [{ name: 'Ada' }] } }

/** A schema of nobody, to misbehave with. */
function schemaOf(validate: Schema['~standard']['validate']): Schema {
  return { '~standard': { version: 1, vendor: 'test', validate } }
}

describe.each(libraries)('$name', ({ schema }) => {
  it('[CON17] parses at once, to the output', () => {
    expect(parse(schema, good, 'input of send')).toEqual(parsed)
  })

  it('[CON18] refuses with the path of the fault', () => {
    const result = parse(schema, bad, 'input of send')
    expect(result).toMatchObject({ ok: false, error: { code: 'INVALID_INPUT', path: 'items[0].name' } })
    expect(result).toHaveProperty(
      'error.message',
      expect.stringMatching(/^input of send is invalid at items\[0\]\.name: ./),
    )
  })

  it('[CON18] refuses a value that is no object at all', () => {
    for (const value of [undefined, null, 'text', 7, [], () => 1]) {
      expect(parse(schema, value, 'input')).toMatchObject({ ok: false, error: { code: 'INVALID_INPUT' } })
    }
  })
})

describe.each(asyncLibraries)('$name, asynchronous', ({ asyncSchema }) => {
  it('[CON17] parses with a promise', async () => {
    const result = parse(asyncSchema, good, 'input of send')
    expect(result).toBeInstanceOf(Promise)
    expect(await result).toEqual(parsed)
  })

  it('[CON18] refuses with the path of the fault', async () => {
    const result = await parse(asyncSchema, bad, 'input of send')
    expect(result).toMatchObject({ ok: false, error: { code: 'INVALID_INPUT', path: 'items[0].name' } })
  })
})

describe('schemas that misbehave', () => {
  const secret = new Error('SELECT password FROM users')

  it('[CON19] refuses when a schema throws, without telling what', () => {
    const throwing = schemaOf(() => {
      throw secret
    })
    const result = parse(throwing, 1, 'input of send')
    expect(result).toMatchObject({ ok: false, error: { code: 'INVALID_INPUT', cause: secret } })
    expect(JSON.stringify(result)).not.toContain('password')
    expect(result).toHaveProperty('error.message', expect.not.stringContaining('password'))
  })

  it('[CON19] refuses when a schema rejects', async () => {
    const result = await parse(
      schemaOf(async () => Promise.reject(secret)),
      1,
      'input of send',
    )
    expect(result).toMatchObject({ ok: false, error: { code: 'INVALID_INPUT', cause: secret } })
  })

  it.each([undefined, null, 'yes', 7])('[CON19] refuses when a schema answers %j', async (nonsense) => {
    const answer = nonsense as never
    expect(
      parse(
        schemaOf(() => answer),
        1,
        'input',
      ),
    ).toMatchObject({ ok: false, error: { code: 'INVALID_INPUT' } })
    const later = await parse(
      schemaOf(async () => Promise.resolve(answer)),
      1,
      'input',
    )
    expect(later).toMatchObject({ ok: false, error: { code: 'INVALID_INPUT' } })
  })

  it('[CON18] an issue without a path, and no issue at all, still refuse', () => {
    const bare = parse(
      schemaOf(() => ({ issues: [{ message: 'no' }] })),
      1,
      'input',
    )
    expect(bare).toMatchObject({ ok: false, error: { message: 'input is invalid: no', path: undefined } })
    const empty = parse(
      schemaOf(() => ({ issues: [] })),
      1,
      'input',
    )
    expect(empty).toMatchObject({ ok: false, error: { message: 'input is invalid: the schema refused it' } })
  })

  it('[CON18] the refusal is a MillraceError', () => {
    const result = parse(z.string(), 1, 'input')
    expect(result).toHaveProperty('error', expect.any(MillraceError))
  })
})
