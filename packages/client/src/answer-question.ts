import { fail, guardWire, MillraceError, parse, type RequestEntry, type WireAnswer } from '@millrace/contract'

export type QuestionHandler = (input: unknown) => unknown

/** What the client answers to a question of the server: parse, handle, check. Never rejects. */
export async function answerQuestion(
  entry: RequestEntry,
  name: string,
  handler: QuestionHandler | undefined,
  input: unknown,
  report: (error: unknown) => void,
): Promise<WireAnswer> {
  try {
    if (!handler) throw fail('UNKNOWN_EVENT', `nothing in this client answers ${name}; register a function with answer()`)
    const question = await parse(entry.input, input, `question ${name}`)
    if (!question.ok) throw question.error
    const output = await handler(question.value)
    const refusal = guardWire(output)
    const checked = refusal ? { ok: false as const, error: refusal } : await parse(entry.output, output, `answer to ${name}`)
    if (checked.ok) return { ok: true, data: output }
    report(checked.error)
    throw fail('INTERNAL', `the client's answer to ${name} does not fit the contract; see its onError`)
  } catch (thrown) {
    if (thrown instanceof MillraceError) return { ok: false, error: thrown.toWire() }
    report(thrown)
    return { ok: false, error: fail('INTERNAL', `the client's function for ${name} failed; see its onError`).toWire() }
  }
}
