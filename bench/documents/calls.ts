import type { ProcessCalls } from '../server/calls.ts'

/** What the process of a server of documents answers. */
export type DocumentServerCalls = ProcessCalls & {
  readonly port: { readonly input: undefined; readonly output: number }
  /** Stores the document of a file under each of the names. */
  readonly store: { readonly input: StoredDocuments; readonly output: void }
}

interface StoredDocuments {
  readonly names: readonly string[]
  /** Written by `writeUpdates`. */
  readonly file: string
}
