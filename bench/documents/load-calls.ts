import type { DocumentContenderName } from './document-contender.ts'
import type { OpenedDocument } from './document-load.ts'
import type { TypingReport, TypingRun } from './typing-run.ts'

interface Target {
  readonly contender: DocumentContenderName
}

interface InDocument extends Target {
  readonly document: string
}

/** What the load of documents answers. */
export type DocumentLoadCalls = {
  /** Names the server of a contender. */
  readonly server: { readonly input: Target & { readonly port: number }; readonly output: void }
  /** Connects so many authors to one document. */
  readonly connect: { readonly input: InDocument & { readonly count: number }; readonly output: void }
  readonly closedLoop: { readonly input: Target & TypingRun; readonly output: TypingReport }
  readonly paced: { readonly input: Target & TypingRun; readonly output: TypingReport }
  /** Fails unless everybody has everything, a fresh reader too. */
  readonly check: { readonly input: InDocument; readonly output: void }
  /** One more client opens the document, and leaves it. */
  readonly open: { readonly input: InDocument; readonly output: OpenedDocument }
  /** One more client opens each of the documents, and stays. */
  readonly hold: { readonly input: Target & { readonly documents: readonly string[] }; readonly output: void }
  /** SHA-1 of the text that a fresh reader gets, in hex. */
  readonly digest: { readonly input: InDocument; readonly output: string }
  /** Everybody leaves. */
  readonly disconnect: { readonly input: Target; readonly output: void }
}
