import type { FromWorker } from '../protocol.ts'

/** The memory of points that were read, which moves to the other thread: a copy would take as long as reading them. */
export function transfersOf(message: FromWorker): ArrayBuffer[] {
  if (message.kind !== 'answers') return []
  return message.answers.flatMap(({ results }) =>
    results.flatMap((result) => ('ok' in result ? buffersOf(result.ok) : [])),
  )
}

function buffersOf(answer: unknown): ArrayBuffer[] {
  if (typeof answer !== 'object' || answer === null || !('tracks' in answer)) return []
  return (answer.tracks as readonly Float64Array<ArrayBuffer>[]).map(({ buffer }) => buffer)
}
