import { isErrorCode, MillraceError, parse, type RequestEntry } from '@millrace/contract'
import type { CallOptions } from './call.ts'
import { misfit, unknownName } from './faults.ts'
import type { Host } from './host.ts'
import { refuse, type Outcome } from './outcome.ts'
import { own } from './own.ts'
import { submit, type Lane } from './submit.ts'

type Entries = Readonly<Record<string, RequestEntry>> | undefined

/** Sends a request; its output, and the data of a declared error, are parsed. */
export async function ask(
  host: Host,
  lane: Lane,
  entries: Entries,
  name: string,
  input: unknown,
  options: CallOptions = {},
): Promise<Outcome> {
  const entry = own(entries, name)
  if (!entry) return { ok: false, error: unknownName(`request ${name}`) }
  const outcome = await submit(
    host,
    lane,
    { name, schema: entry.input, version: entry.version, isEvent: false, settles: !entry.idempotent && !options.key },
    input,
    options,
  )
  const schema = outcome.ok ? entry.output : own(entry.errors, outcome.error.code)
  if (!schema)
    return outcome.ok || isErrorCode(outcome.error.code)
      ? outcome
      : refuse('INTERNAL', `${outcome.error.message} (${outcome.error.code})`)
  const parsed = await parse(schema, outcome.ok ? outcome.data : outcome.error.data, `answer of ${name}`)
  if (!parsed.ok) {
    return {
      ok: false,
      error: misfit(outcome.ok ? 'OUTCOME_UNKNOWN' : 'CONTRACT_MISMATCH', `the answer of ${name}`, parsed.error),
    }
  }
  if (outcome.ok) return { ok: true, data: parsed.value }
  const { code, message, retryAfterMs } = outcome.error
  return { ok: false, error: new MillraceError(code, message, { retryAfterMs, data: parsed.value }) }
}
