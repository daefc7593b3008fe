import type { InputOf, OutputOf, Schema } from '@millrace/contract'

function shape<T>(expected: string, is: (value: unknown) => value is T): Schema<T> {
  return {
    '~standard': {
      version: 1,
      vendor: 'millrace',
      validate: (value) => (is(value) ? { value } : { issues: [{ message: `expected ${expected}` }] }),
    },
  }
}

export function text(minLength: number, maxLength: number): Schema<string> {
  return shape(
    `text of ${minLength} to ${maxLength} characters`,
    (value): value is string => typeof value === 'string' && value.length >= minLength && value.length <= maxLength,
  )
}

export function whole(min: number, max: number): Schema<number> {
  return shape(
    `a whole number, ${min} to ${max}`,
    (value): value is number => Number.isInteger(value) && Number(value) >= min && Number(value) <= max,
  )
}

export function truth(): Schema<boolean> {
  return shape('true or false', (value): value is boolean => typeof value === 'boolean')
}

/** Anything that JSON holds, of at most `maxLength` characters. */
export function json(maxLength: number): Schema<unknown> {
  return shape(
    `JSON of at most ${maxLength} characters`,
    (value): value is unknown => value !== undefined && JSON.stringify(value).length <= maxLength,
  )
}

export function orNull<S extends Schema>(schema: S): Schema<InputOf<S> | null, OutputOf<S> | null> {
  return {
    '~standard': {
      version: 1,
      vendor: 'millrace',
      validate: (value) =>
        value === null ? { value } : (schema['~standard'].validate(value) as { readonly value: OutputOf<S> }),
    },
  }
}

export function listOf<S extends Schema>(schema: S, maxItems: number): Schema<InputOf<S>[], OutputOf<S>[]> {
  return {
    '~standard': {
      version: 1,
      vendor: 'millrace',
      validate(value) {
        if (!Array.isArray(value) || value.length > maxItems)
          return { issues: [{ message: `expected a list of at most ${maxItems}` }] }
        const items: OutputOf<S>[] = []
        for (const [index, item] of value.entries()) {
          const parsed = parseNow(schema, item)
          if (parsed.issues) return { issues: under(index, parsed.issues) }
          items.push(parsed.value)
        }
        return { value: items }
      },
    },
  }
}

type Fields = Readonly<Record<string, Schema>>
type FieldsInput<F extends Fields> = { readonly [K in keyof F]: InputOf<F[K]> }
type FieldsOutput<F extends Fields> = { readonly [K in keyof F]: OutputOf<F[K]> }

/** Other members than `fields` are refused. */
export function record<const F extends Fields>(fields: F): Schema<FieldsInput<F>, FieldsOutput<F>> {
  return {
    '~standard': {
      version: 1,
      vendor: 'millrace',
      validate(value) {
        if (typeof value !== 'object' || value === null) return { issues: [{ message: 'expected an object' }] }
        const unknown = Object.keys(value).find((key) => !Object.hasOwn(fields, key))
        if (unknown !== undefined) return { issues: [{ message: 'this member is not expected', path: [unknown] }] }
        const parsed: Record<string, unknown> = {}
        for (const [key, schema] of Object.entries(fields)) {
          const member = parseNow(schema, (value as Record<string, unknown>)[key])
          if (member.issues) return { issues: under(key, member.issues) }
          parsed[key] = member.value
        }
        return { value: parsed as FieldsOutput<F> }
      },
    },
  }
}

/** The shapes of this file answer at once. */
function parseNow<S extends Schema>(schema: S, value: unknown) {
  const parsed = schema['~standard'].validate(value)
  if (parsed instanceof Promise) throw new Error('a schema inside of a document must not be asynchronous')
  return parsed as { readonly value: OutputOf<S>; readonly issues?: undefined } | { readonly issues: Issues }
}

type Issues = ReadonlyArray<{ readonly message: string; readonly path?: ReadonlyArray<PropertyKey | object> }>

function under(key: PropertyKey, issues: Issues): { message: string; path: PropertyKey[] }[] {
  return issues.map(({ message, path = [] }) => ({ message, path: [key, ...(path as PropertyKey[])] }))
}
