import { fail, MillraceError, splitVersionedName, type RequestEntry, type WireAnswer } from '@millrace/contract'
import { checkInput, mustParse } from './check-input.ts'
import { misfit } from './faults.ts'
import { own } from './own.ts'

export type QuestionHandler = (input: unknown) => unknown

/** What the client answers to a question of the server: parse, handle, check. Never rejects. */
export async function answerQuestion(
  questions: Readonly<Record<string, RequestEntry>> | undefined,
  versioned: string,
  handlers: ReadonlyMap<string, QuestionHandler>,
  input: unknown,
  report: (error: unknown) => void,
): Promise<WireAnswer> {
  const { name, version } = splitVersionedName(versioned)
  const entry = own(questions, name)
  const handler = handlers.get(name)
  try {
    if (entry?.version !== version) throw misfit('CONTRACT_MISMATCH', `question ${versioned}`)
    if (!handler) throw fail('UNKNOWN_EVENT', `nothing answers ${name}; call answer()`)
    const data = await handler(await mustParse(entry.input, input, `question ${name}`))
    const checked = await checkInput(entry.output, data, `answer to ${name}`)
    if (checked.ok) return { ok: true, data }
    throw new Error(`the answer to ${name} does not fit`, { cause: checked.error })
  } catch (thrown) {
    if (thrown instanceof MillraceError) return { ok: false, error: thrown.toWire() }
    report(thrown)
    return { ok: false, error: fail('INTERNAL', `${name} failed in the client; see its onError`).toWire() }
  }
}
