import type { Schema, SchemaIssue, SchemaResult } from './standard-schema.ts'
import { MillraceError } from './millrace-error.ts'

export type Parsed<Output> =
  | { readonly ok: true; readonly value: Output }
  | { readonly ok: false; readonly error: MillraceError }

/**
 * Parses `value` with `schema`. The result is a promise only where the schema itself is asynchronous, so that the
 * common case costs no microtask. A schema that throws or rejects is `INVALID_INPUT` too, with what it threw as `cause`.
 *
 * @param what Names the value in the error message, for example `payload of message`.
 */
export function parse<Output>(
  schema: Schema<unknown, Output>,
  value: unknown,
  what: string,
): Parsed<Output> | Promise<Parsed<Output>> {
  try {
    const result = schema['~standard'].validate(value)
    if ('then' in result) {
      return result.then((settled) => toParsed(settled, what)).catch((thrown: unknown) => threw(thrown, what))
    }
    return toParsed(result, what)
  } catch (thrown) {
    return threw(thrown, what)
  }
}

function toParsed<Output>(result: SchemaResult<Output>, what: string): Parsed<Output> {
  if ('value' in result && !result.issues) return { ok: true, value: result.value }
  const issue = result.issues?.[0]
  const path = issuePath(issue)
  const message = `${what} is invalid${path ? ` at ${path}` : ''}: ${issue?.message ?? 'the schema refused it'}`
  return { ok: false, error: new MillraceError('INVALID_INPUT', message, { path }) }
}

function threw(thrown: unknown, what: string): Parsed<never> {
  // What was thrown may be internal (a query, a path), and the message goes to the other side.
  const message = `${what} could not be parsed, as its schema threw; see the error's cause`
  return { ok: false, error: new MillraceError('INVALID_INPUT', message, { cause: thrown }) }
}

/** `['items', 0, 'name']` becomes `items[0].name`. */
function issuePath(issue: SchemaIssue | undefined): string {
  let path = ''
  for (const part of issue?.path ?? []) {
    const key = typeof part === 'object' ? part.key : part
    path += typeof key === 'number' ? `[${key}]` : path ? `.${String(key)}` : String(key)
  }
  return path
}
