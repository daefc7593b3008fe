import { isErrorCode, MillraceError, parse, type RequestEntry } from '@millrace/contract'
import type { CallOptions } from './call.ts'
import type { Host } from './host.ts'
import { refuse, type Outcome } from './outcome.ts'
import { own } from './own.ts'
import { submit, type Lane } from './submit.ts'

type Entries = Readonly<Record<string, RequestEntry>> | undefined

/** Sends a request; its output, and the data of a declared error, are parsed. */
export async function ask(host: Host, lane: Lane, entries: Entries, name: string, input: unknown, options: CallOptions = {}): Promise<Outcome> {
  const entry = own(entries, name)
  if (!entry) return refuse('UNKNOWN_EVENT', `the contract has no request ${name}; check the name`)
  const { version, errors, output } = entry
  const outcome = await submit(host, lane, { name, schema: entry.input, version, isEvent: false }, input, options)
  if (outcome.ok) {
    const parsed = await parse(output, outcome.data, `answer of ${name}`)
    if (parsed.ok) return { ok: true, data: parsed.value }
    return refuse('OUTCOME_UNKNOWN', `${name} happened, but its answer does not fit; update the older side`, { cause: parsed.error })
  }
  const { code, message, retryAfterMs } = outcome.error
  const schema = own(errors, code)
  if (!schema) return isErrorCode(code) ? outcome : refuse('INTERNAL', `${message} (${code})`)
  const parsed = await parse(schema, outcome.error.data, `data of ${code}`)
  if (parsed.ok) return { ok: false, error: new MillraceError(code, message, { retryAfterMs, data: parsed.value }) }
  return refuse('CONTRACT_MISMATCH', `${name} was refused with ${code}, whose data does not fit; update the older side`, { cause: parsed.error })
}
