import { fail, guardWire, MillraceError, parse, type RequestEntry, type WireLimits } from '@millrace/contract'
import { isRecord } from '../pipeline/wire-input.ts'

/**
 * Reads what a client answered to a question.
 *
 * @returns The data of `{ ok: true, data }`, parsed.
 * @throws MillraceError `INVALID_INPUT` or `PAYLOAD_TOO_LARGE` for an answer that does not fit, an error that the question
 *   declares, or `INTERNAL` for any other that the client answered with.
 */
export async function readAnswer(
  entry: RequestEntry,
  name: string,
  answer: unknown,
  limits: WireLimits,
): Promise<unknown> {
  if (!isRecord(answer) || typeof answer.ok !== 'boolean')
    throw fail('INVALID_INPUT', `the client's answer to ${name} is not { ok, data }`)
  if (!answer.ok) throw await readError(entry, name, answer.error, limits)
  const refusal = guardWire(answer.data, limits)
  if (refusal) throw refusal
  const output = await parse(entry.output, answer.data, `answer to ${name}`)
  if (!output.ok) throw output.error
  return output.value
}

/** The framework's own codes say what happened here, so a client cannot choose one. */
async function readError(
  entry: RequestEntry,
  name: string,
  error: unknown,
  limits: WireLimits,
): Promise<MillraceError> {
  const { code, message, data }: Record<string, unknown> = isRecord(error) ? error : {}
  const text = typeof message === 'string' ? message : 'no message'
  if (typeof code === 'string' && Object.hasOwn(entry.errors, code) && guardWire(data, limits) === undefined) {
    const parsed = await parse(entry.errors[code]!, data, `data of ${code}`)
    if (parsed.ok) return new MillraceError(code, text, { data: parsed.value })
  }
  return fail('INTERNAL', `the client failed to answer ${name}: ${text}`)
}
