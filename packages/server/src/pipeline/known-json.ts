import type { WireAnswer } from '@millrace/contract'

const json = Symbol('json')

/** Marks an answer with its JSON, where that was made already, so that it is not made again for the wire. */
export function withJson(answer: WireAnswer, text: string): WireAnswer {
  const told: WireAnswer & { [json]?: string } = { ...answer }
  told[json] = text
  return told
}

export function knownJson(answer: unknown): string | undefined {
  return (answer as { [json]?: string })[json]
}
