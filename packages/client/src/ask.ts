import { fail, MillraceError, parse, type RequestEntry, type WireAnswer, type WireError } from '@millrace/contract'
import type { CallOptions } from './call.ts'
import type { Host } from './host.ts'
import { submit, type Lane } from './submit.ts'
import { readWireError } from './wire-failure.ts'

export type Outcome = { readonly ok: true; readonly data: unknown } | { readonly ok: false; readonly error: MillraceError }

type Entries = Readonly<Record<string, RequestEntry>> | undefined

/** Sends a request and resolves with its parsed output. Rejects with a MillraceError; declared errors have parsed data. */
export async function ask(host: Host, lane: Lane, entries: Entries, name: string, input: unknown, options: CallOptions): Promise<unknown> {
  const entry = entries && Object.hasOwn(entries, name) ? entries[name] : undefined
  if (!entry) throw fail('UNKNOWN_EVENT', `the contract has no request ${name} here; check the name`)
  const submission = { what: `request ${name}`, name, schema: entry.input, version: entry.version, isEvent: false }
  const answer = await submit(host, lane, submission, input, options)
  return readOutput(entry, name, answer)
}

/** The outcome of a request as a value, so that declared errors are typed. */
export async function tryAsk(request: () => Promise<unknown>): Promise<Outcome> {
  try {
    return { ok: true, data: await request() }
  } catch (error) {
    if (error instanceof MillraceError) return { ok: false, error }
    throw error
  }
}

async function readOutput(entry: RequestEntry, name: string, answer: WireAnswer): Promise<unknown> {
  if (!answer.ok) throw await readFailure(entry, name, answer.error)
  const parsed = await parse(entry.output, answer.data, `answer of ${name}`)
  if (parsed.ok) return parsed.value
  const message = `${name} happened, but its answer does not fit this client's contract; update the older side`
  throw fail('CONTRACT_MISMATCH', message, { cause: parsed.error })
}

async function readFailure(entry: RequestEntry, name: string, wire: WireError): Promise<MillraceError> {
  const error = readWireError(wire, `${name} was refused`, entry.errors)
  const schema = Object.hasOwn(entry.errors, error.code) ? entry.errors[error.code] : undefined
  if (!schema) return error
  const parsed = await parse(schema, error.data, `data of ${error.code}`)
  if (parsed.ok) return new MillraceError(error.code, error.message, { retryAfterMs: error.retryAfterMs, data: parsed.value })
  const message = `${name} was refused with ${error.code}, whose data does not fit this client's contract; update the older side`
  return fail('CONTRACT_MISMATCH', message, { cause: parsed.error })
}
