import { guardWire, parse, type Parsed, type Schema } from '@millrace/contract'

/** Whether `value` may be sent: it must pass the wire guard and its schema. What is sent is the value itself, not the output. */
export function checkInput(schema: Schema, value: unknown, what: string): Parsed<unknown> | Promise<Parsed<unknown>> {
  const refusal = guardWire(value)
  return refusal ? { ok: false, error: refusal } : parse(schema, value, what)
}

/** The output of a schema; rejects with a MillraceError where the value does not fit. */
export async function mustParse(schema: Schema, value: unknown, what: string): Promise<unknown> {
  const parsed = await parse(schema, value, what)
  if (parsed.ok) return parsed.value
  throw parsed.error
}

/** The size of a value that passed the guard: its JSON in UTF-16 units plus its bytes. Close enough for a budget. */
export function roughBytes(value: unknown): number {
  let bytes = 0
  const text = JSON.stringify(value, (_key, member: unknown) => {
    if (!(member instanceof Uint8Array || member instanceof ArrayBuffer)) return member
    bytes += member.byteLength
    return 0
  })
  return bytes + (text?.length ?? 0)
}

/** Calls `use` with the result: in this turn, unless the schema is asynchronous. */
export function whenParsed<T>(
  parsed: Parsed<T> | Promise<Parsed<T>>,
  use: (parsed: Parsed<T>) => void,
): void | Promise<void> {
  return parsed instanceof Promise ? parsed.then(use) : use(parsed)
}
