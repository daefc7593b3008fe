import { readFile } from 'node:fs/promises'
import { gunzipSync } from 'node:zlib'
import type { Edit } from './trace.ts'

/**
 * Reads a recorded trace of JSON, gzipped or not. The public ones have one of these shapes:
 *
 * - `[[at, remove, ...inserted], ..]`, or the same as `edits` of an object: automerge-perf, crdt-benchmarks
 * - `{ txns: [{ patches: [[at, remove, inserted], ..] }, ..] }`: the sequential ones of josephg/editing-traces
 *
 * Positions are taken for UTF-16 units.
 *
 * @throws Error where it is none of them, or an edit reaches beyond the text.
 */
export async function readTrace(file: string): Promise<Edit[]> {
  const bytes = await readFile(file)
  const isZipped = bytes[0] === 0x1f && bytes[1] === 0x8b
  return parseTrace(JSON.parse((isZipped ? gunzipSync(bytes) : bytes).toString()))
}

/** @throws Error as `readTrace`. */
export function parseTrace(trace: unknown): Edit[] {
  let length = 0
  return editsOf(trace).map((edit, nth) => {
    if (!Array.isArray(edit)) throw new Error(`edit ${nth} of the trace is no array; write [at, remove, ...inserted]`)
    const [at, remove, ...inserted] = edit as unknown[]
    const insert = inserted.join('')
    if (!isCount(at) || !isCount(remove) || at + remove > length)
      throw new Error(`edit ${nth} of the trace reaches beyond the ${length} units before it: ${JSON.stringify(edit)}`)
    length += insert.length - remove
    return { at, remove, insert, author: 0 }
  })
}

function editsOf(trace: unknown): readonly unknown[] {
  if (Array.isArray(trace)) return trace
  const { edits, txns } = (trace ?? {}) as { readonly edits?: unknown; readonly txns?: unknown }
  if (Array.isArray(edits)) return edits
  if (Array.isArray(txns)) return txns.flatMap(({ patches }: { readonly patches: readonly unknown[] }) => patches)
  throw new Error('the trace has neither edits nor txns; see bench/README.md for what it may look like')
}

function isCount(value: unknown): value is number {
  return Number.isSafeInteger(value) && Number(value) >= 0
}
