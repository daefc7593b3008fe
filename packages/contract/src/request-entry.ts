import type { ErrorCode } from './errors.ts'
import type { Schema } from './standard-schema.ts'

/** Errors that a request declares, by code (`SLOW_MODE`): the schema of each one's `data`. */
export type ErrorEntries = Readonly<Record<string, Schema>>

/** The framework's codes keep their one meaning. */
type OwnCodes = { readonly [C in ErrorCode]?: never }

export interface RequestEntry<
  I extends Schema = Schema,
  O extends Schema = Schema,
  E extends ErrorEntries = ErrorEntries,
> {
  readonly kind: 'request'
  readonly input: I
  readonly output: O
  readonly errors: E
  readonly idempotent: boolean
  readonly parallel: boolean
  readonly version: number
}

export interface RequestOptions<I extends Schema, O extends Schema, E extends ErrorEntries> {
  readonly input: I
  readonly output: O
  readonly errors?: E & OwnCodes
  /**
   * The handler may run again with the same key: it finds by the key what it did before. Such requests need no claim in
   * the store and survive the death of a node without `OUTCOME_UNKNOWN`. Default false.
   */
  readonly idempotent?: boolean
  /** One connection's requests to one room run in order; `true` takes this one out of the order. Default false. */
  readonly parallel?: boolean
  /** 1 to 1,000,000, default 1. Raise it when input or output change incompatibly. */
  readonly version?: number
}

// NoInfer: inside a contract, the expected type would otherwise be taken for E where no errors are declared.
export function request<I extends Schema, O extends Schema, const E extends ErrorEntries = Record<never, never>>(
  options: RequestOptions<I, O, E>,
): RequestEntry<I, O, NoInfer<E>> {
  return {
    kind: 'request',
    input: options.input,
    output: options.output,
    errors: options.errors ?? ({} as E),
    idempotent: options.idempotent ?? false,
    parallel: options.parallel ?? false,
    version: options.version ?? 1,
  }
}
