import { text, updateBytes } from './update-bytes.ts'

/** Small updates of which none can be integrated: each makes Yjs write all that wait once more. */
export function missingDependencies(count: number): Uint8Array[] {
  return Array.from({ length: count }, (_, index) =>
    updateBytes([{ client: 1_000 + index, clock: 1, structs: [text('x', { parent: 't' })] }]),
  )
}
