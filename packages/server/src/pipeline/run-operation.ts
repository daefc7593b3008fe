import { parse, type WireAnswer } from '@millrace/contract'
import { chain, isPromise, settling, type Maybe } from '../maybe.ts'
import type { Operation } from '../namespace.ts'
import type { Node } from '../node.ts'
import { operationRefusal } from './answers.ts'
import { runMiddleware } from './middleware.ts'
import type { RequestContext } from './request-context.ts'

/** Middleware, parse, handler, parse, answer. Never throws; synchronous as long as nothing in it waits. */
export function runOperation(node: Node, operation: Operation, context: RequestContext): Maybe<WireAnswer> {
  const refuse = (error: unknown): Maybe<WireAnswer> => operationRefusal(operation.entry, error, node.report)
  try {
    const output = runMiddleware(operation.middleware, context, () => handle(operation, context))
    const answer = chain(output, (data) => check(operation, data))
    return isPromise(answer) ? answer.catch(refuse) : answer
  } catch (error) {
    return refuse(error)
  }
}

function handle(operation: Operation, context: RequestContext): Maybe<unknown> {
  return chain(parse(operation.entry.input, context.input, `input of ${operation.name}`), (parsed) => {
    if (!parsed.ok) throw parsed.error
    context.input = parsed.value
    return settling(operation.handler(context))
  })
}

/** What the handler returned travels as it is; the client parses it. Here it must only fit. */
function check(operation: Operation, data: unknown): Maybe<WireAnswer> {
  return chain(parse(operation.entry.output, data, `output of ${operation.name}`), (parsed) => {
    if (!parsed.ok)
      throw new Error(
        `the handler of ${operation.name} returned what its contract does not allow: ${parsed.error.message}`,
      )
    return { ok: true, data }
  })
}
