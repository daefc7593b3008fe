import type { Schema } from './standard-schema.ts'

/** Numbers over time, each under a key: `append` on the server, `view` on the client. */
export interface SeriesEntry<K extends Schema = Schema, F extends string = string> {
  readonly kind: 'series'
  /** What a key may be; parsed, it is text. Its schema must be synchronous. */
  readonly keys: K
  /** The numbers of one sample, for example `['price']`. */
  readonly fields: readonly F[]
  readonly stepMs: number
  readonly retentionMs: number
  readonly stepRetentionMs: number
  readonly maxKeys: number
  readonly version: number
}

export interface SeriesOptions<K extends Schema, F extends string> {
  readonly keys: K
  /** 1 to 32 names, each as an entry's. */
  readonly fields: readonly F[]
  /**
   * The finest resolution that is kept: of each field and key the first, least, greatest and last number in every `stepMs`.
   * 10 to 3,600,000 ms, default 1,000.
   */
  readonly stepMs?: number
  /** Older numbers are dropped. At least `stepMs`, at most 400 days. Default one day. */
  readonly retentionMs?: number
  /**
   * How long the finest resolution is kept; what is older is answered in ten times wider steps. At least ten steps, at most
   * `retentionMs`, the default.
   */
  readonly stepRetentionMs?: number
  /** More keys in one room are `OVERLOADED`. 1 to 10,000, default 1,000. */
  readonly maxKeys?: number
  /** 1 to 1,000,000, default 1. Raise it when keys or fields change incompatibly. */
  readonly version?: number
}

export function series<K extends Schema, const F extends string>(options: SeriesOptions<K, F>): SeriesEntry<K, F> {
  const { retentionMs = 86_400_000 } = options
  return {
    kind: 'series',
    keys: options.keys,
    fields: options.fields,
    stepMs: options.stepMs ?? 1_000,
    retentionMs,
    stepRetentionMs: options.stepRetentionMs ?? retentionMs,
    maxKeys: options.maxKeys ?? 1_000,
    version: options.version ?? 1,
  }
}
