import type { WireAnswer } from '@millrace/contract'

const json = Symbol('json')

interface Known {
  [json]?: string
}

/** Marks an answer with its JSON, where that was made already, so that it is not made again for the wire. */
export function keepJson(answer: WireAnswer, text: string): void {
  const known: WireAnswer & Known = answer
  known[json] = text
}

export function knownJson(answer: unknown): string | undefined {
  return (answer as Known)[json]
}
