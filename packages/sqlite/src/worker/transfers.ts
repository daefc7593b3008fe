import type { FromWorker } from '../protocol.ts'

/** The memory of points and blobs that were read, which moves to the other thread: a copy would take as long as reading them. */
export function transfersOf(message: FromWorker): ArrayBuffer[] {
  if (message.kind !== 'answers') return []
  const buffers = message.answers.flatMap(({ results }) =>
    results.flatMap((result) => ('ok' in result ? buffersOf(result.ok) : [])),
  )
  return [...new Set(buffers)]
}

function buffersOf(answer: unknown): ArrayBuffer[] {
  if (typeof answer !== 'object' || answer === null) return []
  if ('bytes' in answer) return [(answer.bytes as Uint8Array<ArrayBuffer>).buffer]
  if (!('tracks' in answer)) return []
  return (answer.tracks as readonly Float64Array<ArrayBuffer>[]).map(({ buffer }) => buffer)
}
